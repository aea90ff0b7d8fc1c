// Files that are dropped on a part of the window or pasted into it.

const hasFiles = (data: DataTransfer | null) => data?.types.includes('Files') ?? false

/**
 * Takes the files that are dropped or pasted anywhere within. Words that are pasted go where they belong, even when a picture
 * of them comes along, as it does from a word processor.
 */
export function takesFiles(take: (files: File[]) => void) {
  return (element: HTMLElement) => {
    const over = (event: DragEvent) => {
      if (!hasFiles(event.dataTransfer)) return
      event.preventDefault()
      if (event.dataTransfer) event.dataTransfer.dropEffect = 'copy'
      element.dataset.dropping = ''
    }
    const gone = (event: DragEvent) => {
      if (!element.contains(event.relatedTarget as Node | null)) delete element.dataset.dropping
    }
    const drop = (event: DragEvent) => {
      delete element.dataset.dropping
      taken(event, event.dataTransfer)
    }
    const paste = (event: ClipboardEvent) => {
      const words = event.clipboardData?.types.some((type) => type.startsWith('text/')) ?? false
      if (!words) taken(event, event.clipboardData)
    }
    const taken = (event: Event, data: DataTransfer | null) => {
      const files = [...(data?.files ?? [])]
      if (files.length === 0) return
      event.preventDefault()
      event.stopPropagation()
      take(files)
    }
    // Before the editor, which would make something of its own of them.
    const first = { capture: true }
    element.addEventListener('dragover', over, first)
    element.addEventListener('dragleave', gone, first)
    element.addEventListener('drop', drop, first)
    element.addEventListener('paste', paste, first)
    return () => {
      element.removeEventListener('dragover', over, first)
      element.removeEventListener('dragleave', gone, first)
      element.removeEventListener('drop', drop, first)
      element.removeEventListener('paste', paste, first)
    }
  }
}

/** A file that is dropped where nothing takes it is not opened in place of the window. */
export function refuseFiles(event: DragEvent) {
  if (event.defaultPrevented || !hasFiles(event.dataTransfer)) return
  event.preventDefault()
  if (event.dataTransfer) event.dataTransfer.dropEffect = 'none'
}
