// What is late: Today says it as "overdue" or "ran out" and draws it in the class `late`, the red of what is wrong.
import type { Renewable } from '../api'

/** Whether something should have happened by now: a supervision, an action. While the coach is away nothing should. */
export const isLate = (one: { overdue_days: number; away?: boolean }) => one.overdue_days > 0 && !one.away

/** Whether a training has run out. */
export const hasRunOut = (one: Renewable) => one.days_left < 0
