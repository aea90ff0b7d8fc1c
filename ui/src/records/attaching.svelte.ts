// Files on their way into an entry: chosen in a dialog, dropped on it, or pasted into it.
import * as api from '../api'
import type { Attachment } from '../api'
import { size } from '../words'
import type { Keeper } from './keeper.svelte'
import { attachmentsOf } from './values'

/** What may be dropped or pasted, in bytes. It passes through the page's memory, more than once; a chosen file does not. */
const MOST = 50_000_000

export class Attaching {
  /** Why files are not attached, each in a sentence or two. */
  refused = $state.raw<string[]>([])
  /** The names of the files that were attached last, for those who listen. */
  attached = $state.raw<string[]>([])

  constructor(private readonly keeper: Keeper) {}

  /** Asks for files; the name of the first that was attached, or nothing. */
  choose(): Promise<string | null> {
    return this.taking(async () => {
      const { files, refused } = await api.attach()
      this.refused = refused.map(inWords)
      return files
    })
  }

  /** Takes in what was dropped or pasted. */
  async take(files: File[]): Promise<void> {
    await this.taking(async () => {
      const taken: Attachment[] = []
      for (const file of files) {
        try {
          taken.push(await takenIn(file))
        } catch (error) {
          this.refused = [...this.refused, inWords(api.asFailure(error))]
        }
      }
      return taken
    })
  }

  private async taking(work: () => Promise<Attachment[]>): Promise<string | null> {
    this.refused = []
    this.attached = []
    try {
      const names: string[] = []
      for (const file of await work()) names.push(this.add(file))
      this.attached = names
      return names[0] ?? null
    } catch (error) {
      this.refused = [inWords(api.asFailure(error))]
      return null
    }
  }

  /** Hangs a file on the entry; the name that it has there, which no other file of it has. */
  private add(file: Attachment): string {
    const there = attachmentsOf(this.keeper.draft)
    // What is attached already, under the same name, is not attached twice.
    if (there.some((one) => one.sha256 === file.sha256 && one.name === file.name)) return file.name
    const name = unlike(
      file.name,
      there.map((one) => one.name),
    )
    this.keeper.set('attachments', [...there, { ...file, name }])
    return name
  }
}

const inWords = (failure: api.Failure | { message: string; hint?: string | null }) =>
  [failure.message, failure.hint].filter(Boolean).join(' ')

async function takenIn(file: File): Promise<Attachment> {
  const name = nameOf(file)
  if (file.size > MOST) {
    throw new api.Failure({
      message: `${name} has ${size(file.size)}: too much to drop or paste.`,
      hint: 'Choose it with “Attach files”.',
    })
  }
  return api.attachContent(name, await contentOf(file, name))
}

/** What a file is called; what was pasted out of a picture has no name of its own. */
function nameOf(file: File): string {
  const ending = /^image\/(png|jpeg|webp)$/.exec(file.type)?.[1]
  if (ending && (file.name === '' || /^image\.\w+$/.test(file.name))) return `Pasted picture.${ending}`
  return file.name || 'Pasted file'
}

/** A file's content in base64. */
function contentOf(file: File, name: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader()
    reader.onload = () => {
      const address = reader.result as string
      resolve(address.slice(address.indexOf(',') + 1))
    }
    // A folder is dropped like a file, and cannot be read like one.
    reader.onerror = () =>
      reject(
        new api.Failure({ message: `${name} could not be read.`, hint: 'If it is a folder, attach the files in it.' }),
      )
    reader.readAsDataURL(file)
  })
}

/** The name, with a number before its ending where there is one like it. */
function unlike(name: string, others: string[]): string {
  const dot = name.lastIndexOf('.')
  const [stem, ending] = dot > 0 ? [name.slice(0, dot), name.slice(dot)] : [name, '']
  let proposed = name
  for (let number = 2; others.includes(proposed); number += 1) proposed = `${stem} (${number})${ending}`
  return proposed
}
