// The export that is running, wherever in the window one is meanwhile.
import * as api from '../api'
import { asFailure, type ExportReport, type Failure, type Sheet, type WrittenOpenForm } from '../api'
import { counted } from '../words'
import { Choice } from './choice.svelte'

type Work = 'check' | 'write' | 'open-form'

/** What came of the last work, and of which choice and records. */
type Outcome = { report: ExportReport; sheet: Sheet; key: string; changes: number }

/** What an export has to know of the open vault. */
type Vault = {
  /** Grows with every record that is written. */
  readonly changes: number
  /** Keeps everything that is being typed. */
  flush: () => Promise<boolean>
}

export class Export {
  readonly choice = new Choice()
  busy = $state<false | Work>(false)
  /** How far it is, from 0 to 1; nothing while it is asked where to write. */
  fraction = $state<number>()
  openForm = $state.raw<WrittenOpenForm | null>(null)
  /** What was done last, which the note is about. */
  last = $state<Work>()
  note = $state('')
  failure = $state.raw<Failure | null>(null)
  /** Grows with everything that is given out. */
  given = $state(0)
  private outcome = $state.raw<Outcome | null>(null)

  constructor(private readonly vault: Vault) {}

  /** The report that is true: of what was written, or of what was looked at for as long as nothing else is chosen. */
  shown = $derived.by(() => {
    const outcome = this.outcome
    if (!outcome || outcome.report.path) return outcome
    return outcome.key === this.choice.key && outcome.changes === this.vault.changes ? outcome : null
  })

  /** How it goes, in words. */
  said = $derived.by(() => {
    if (this.busy === 'check') return 'Looking at what goes in.'
    if (this.busy === 'write')
      return this.fraction === undefined ? 'Choosing where to write it.' : 'Writing it. You can go on meanwhile.'
    if (this.last === 'open-form') return ''
    const { shown } = this
    if (this.note || !shown) return this.note
    const held = counted(shown.report.records, 'record')
    return shown.report.path ? `Written: ${held}.` : `Looked at: ${held} would go in. Nothing is written.`
  })

  async check() {
    await this.run('check', async () => {
      const { options, sheet, key } = this.choice
      const { changes } = this.vault
      const report = await api.checkExport(options, sheet, (progress) => (this.fraction = progress.fraction))
      this.outcome = { report, sheet, key, changes }
      if (!this.shown) this.note = 'Something was changed meanwhile. See again what goes in.'
    })
  }

  async write() {
    await this.run('write', async () => {
      const { options, sheet, key } = this.choice
      const { changes } = this.vault
      const report = await api.exportPortfolio(options, sheet, (progress) => (this.fraction = progress.fraction))
      if (!report) {
        this.note = 'Nothing was written.'
        return
      }
      this.outcome = { report, sheet, key, changes }
      this.given += 1
      // They were let in for this one time.
      this.choice.also = []
    })
  }

  async writeOpenForm() {
    await this.run('open-form', async () => {
      this.openForm = await api.exportJsonl()
      if (!this.openForm) this.note = 'Nothing was written.'
    })
  }

  stop() {
    return api.cancelExport()
  }

  private clear() {
    this.outcome = null
    this.openForm = null
    this.note = ''
    this.failure = null
  }

  private async run(what: Work, work: () => Promise<void>) {
    if (this.busy) return
    this.clear()
    this.busy = this.last = what
    try {
      await this.vault.flush()
      await work()
    } catch (error) {
      const failure = asFailure(error)
      if (failure.code === 'cancelled') this.note = 'You stopped it. Nothing was written.'
      else this.failure = failure
    }
    this.busy = false
    this.fraction = undefined
  }
}
