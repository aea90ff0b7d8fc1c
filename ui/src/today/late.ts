// What is late: Today says it as "overdue" or "ran out" and draws it in the class `late`, the colour of what is lost.
import type { Renewable } from '../api'

/** Whether something should have happened by now: a supervision, an action. */
export const isLate = (one: { overdue_days: number }) => one.overdue_days > 0

/** Whether a training has run out. */
export const hasRunOut = (one: Renewable) => one.days_left < 0
