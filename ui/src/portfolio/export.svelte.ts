// The export that is running, wherever in the window one is meanwhile.
import * as api from '../api'
import { asFailure, type ExportReport, type Failure, type Period, type WrittenOpenForm } from '../api'
import { flushAll } from '../records/keeper.svelte'

class Export {
  busy = $state<false | 'pdf' | 'open-form'>(false)
  /** How far the PDF is, from 0 to 1; nothing while it is asked where to write. */
  fraction = $state<number>()
  report = $state.raw<ExportReport | null>(null)
  openForm = $state.raw<WrittenOpenForm | null>(null)
  note = $state('')
  failure = $state.raw<Failure | null>(null)

  async writePdf(period: Period) {
    await this.run('pdf', async () => {
      this.report = await api.exportPortfolio(period, 'pdf', (progress) => (this.fraction = progress.fraction))
      if (!this.report) this.note = 'Nothing was written.'
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

  /** Forgets what was written, as when the vault is locked. */
  clear() {
    this.report = null
    this.openForm = null
    this.note = ''
    this.failure = null
  }

  private async run(what: 'pdf' | 'open-form', write: () => Promise<void>) {
    if (this.busy) return
    this.clear()
    this.busy = what
    try {
      await flushAll()
      await write()
    } catch (error) {
      const failure = asFailure(error)
      if (failure.code === 'cancelled') this.note = 'You stopped it. Nothing was written.'
      else this.failure = failure
    }
    this.busy = false
    this.fraction = undefined
  }
}

export const running = new Export()
