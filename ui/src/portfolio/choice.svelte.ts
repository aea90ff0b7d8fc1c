// What is to go into the portfolio, for whom and in which form: kept while one looks at a record and comes back.
import type { Audience, PortfolioChoice, Sheet } from '../api'
import { isDay } from '../words'

const WHOLE = 'Give a whole date: day, month and year.'

export class Choice {
  audience = $state<Audience>('appraisal')
  period = $state<'all' | 'some'>('all')
  from = $state('')
  to = $state('')
  sheet = $state<Sheet>('pdf')
  originals = $state(false)
  /** Private journal entries that go along this time. */
  also = $state.raw<string[]>([])

  options: PortfolioChoice = $derived({
    from: this.period === 'some' && isDay(this.from) ? this.from : null,
    to: this.period === 'some' && isDay(this.to) ? this.to : null,
    audience: this.audience,
    also: this.also,
    originals: this.sheet === 'pdf' && this.originals,
  })

  /** What is wrong with the period's days. */
  fromProblem = $derived(this.unfit(this.from) ? WHOLE : undefined)
  toProblem = $derived(
    this.unfit(this.to)
      ? WHOLE
      : this.options.from && this.options.to && this.options.from > this.options.to
        ? 'The last day lies before the first one.'
        : undefined,
  )

  /** Differs whenever something else would be written. */
  key = $derived(JSON.stringify([this.options, this.sheet]))

  /** Chooses for whom it is. What was let in for one reader is not meant for another. */
  give(audience: Audience) {
    if (audience !== this.audience) this.also = []
    this.audience = audience
  }

  toggle(id: string, on: boolean) {
    this.also = on ? [...this.also, id] : this.also.filter((one) => one !== id)
  }

  /** Of the private entries that go along, those that are still there. */
  keepOnly(ids: string[]) {
    this.also = this.also.filter((id) => ids.includes(id))
  }

  private unfit(day: string) {
    return this.period === 'some' && day !== '' && !isDay(day)
  }
}
