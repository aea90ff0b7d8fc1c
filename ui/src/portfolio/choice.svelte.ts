// What is to go into the portfolio, for whom and in which form: kept while one looks at a record and comes back.
import type { Audience, PortfolioChoice, Sheet } from '../api'
import { isDay } from '../words'

const WHOLE = 'Give a whole date: day, month and year.'
/** So many have room on the page of the best evidence. */
const BEST = 5

export class Choice {
  audience = $state<Audience>('appraisal')
  period = $state<'all' | 'some'>('all')
  from = $state('')
  to = $state('')
  sheet = $state<Sheet>('pdf')
  originals = $state(false)
  /** Private journal entries that go along this time. */
  also = $state.raw<string[]>([])
  /** The best evidence for this reader, in its order. */
  best = $state.raw<string[]>([])
  /** Each session in a line, instead of sums by month. */
  eachSession = $state(false)

  options: PortfolioChoice = $derived({
    from: this.period === 'some' && isDay(this.from) ? this.from : null,
    to: this.period === 'some' && isDay(this.to) ? this.to : null,
    audience: this.audience,
    also: this.also,
    best: this.best,
    each_session: this.eachSession,
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

  bestProblem = $derived(this.best.length > BEST ? 'Choose five at most: the page has room for no more.' : undefined)

  /** Differs whenever something else would be written. */
  key = $derived(JSON.stringify([this.options, this.sheet]))

  /** Chooses for whom it is. What was let in for one reader is not meant for another. */
  give(audience: Audience) {
    if (audience !== this.audience) this.also = this.best = []
    this.audience = audience
  }

  toggle(id: string, on: boolean) {
    this.also = on ? [...this.also, id] : this.also.filter((one) => one !== id)
  }

  toggleBest(id: string, on: boolean) {
    this.best = on ? [...this.best, id] : this.best.filter((one) => one !== id)
  }

  /** Puts one of the best evidence before the one above it. */
  moveUp(id: string) {
    const place = this.best.indexOf(id)
    if (place > 0) this.best = this.best.toSpliced(place, 1).toSpliced(place - 1, 0, id)
  }

  /** Of the best evidence, what is still there. */
  keepBest(ids: string[]) {
    const left = this.best.filter((id) => ids.includes(id))
    if (left.length < this.best.length) this.best = left
  }

  /** Whether a day lies in the period. */
  holds(day: string) {
    const { from, to } = this.options
    return (!from || day >= from) && (!to || day <= to)
  }

  /** Of the private entries that go along, those that are still there. */
  keepOnly(ids: string[]) {
    this.also = this.also.filter((id) => ids.includes(id))
  }

  private unfit(day: string) {
    return this.period === 'some' && day !== '' && !isDay(day)
  }
}
