// A day as three parts, and as the text a record holds.

export type Parts = { day: string; month: string; year: string }

export function split(value: string): Parts {
  const [year = '', month = '', day = ''] = value.split('-')
  return { year, month, day }
}

export function join({ day, month, year }: Parts): string {
  if (!day && !month && !year) return ''
  const whole = /^\d{4}$/.test(year) && /^\d{1,2}$/.test(month) && /^\d{1,2}$/.test(day)
  return whole ? `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}` : `${year}-${month}-${day}`
}
