// Invented people and sessions for the tests and for looking at the window.
import type { Place } from '../src/place.svelte'
import type { MemoryVault } from './vault'

/** The place, where the id of a record may be the name of one of the example's. */
export function named(place: Place, ids: { [name: string]: string }): Place {
  if (!('record' in place && place.record && 'id' in place.record)) return place
  const { record } = place
  return { ...place, record: { ...record, id: ids[record.id] ?? record.id } }
}

export function fill(vault: MemoryVault) {
  vault.open = true
  vault.folder = '/home/you/Documents/Coaching'
  vault.put({
    kind: 'profile',
    date: '2026-01-05',
    title: 'My profile',
    name: 'Alex Morgan',
    role: 'Health and wellbeing coach',
    fte: 0.8,
    review_months: 12,
  })
  const supervisor = vault.put({
    kind: 'person',
    date: '2026-01-05',
    title: 'Priya Nair',
    name: 'Priya Nair',
    role: 'health-coaching-supervisor',
    tier: 3,
  })
  const session = vault.put({
    kind: 'session',
    date: '2026-06-12',
    title: 'Third session with Client A',
    format: 'one-to-one',
    mode: 'face-to-face',
    minutes: 50,
    client: 'Client A',
    number: 3,
    nhs: true,
    outcome: 'attended',
    claims: [{ competency: '2.10' }],
  })
  const reflection = vault.put({
    kind: 'reflection',
    date: '2026-06-12',
    title: 'When silence did the work',
    phase: 'after',
    session,
    model: 'what-so-what-now-what',
    answers: [
      {
        prompt: 'What happened',
        text: 'Client A came in wanting a diet sheet. I asked what a good week would look like, and then I said *nothing* for what felt like a minute.',
      },
      {
        prompt: 'So what',
        text: 'I noticed how much I wanted to fill the gap with advice. The silence was where the thinking happened:\n\n- she named her own barrier\n- she chose the first step',
      },
      { prompt: 'Now what', text: 'Count to ten before I speak. Take this to **supervision** in July.' },
    ],
    body: '',
    tags: ['silence', 'advice'],
    claims: [
      { competency: '1.3', reason: 'I saw my own belief at work: that I am useful when I give answers.' },
      { competency: '1.4', as: 'reflective-journal', reason: 'A reflection straight after the session.' },
    ],
  })
  const supervision = vault.put({
    kind: 'supervision',
    date: '2026-06-11',
    title: 'What to do when a client wants advice',
    type: 'health-coaching',
    format: 'individual',
    minutes: 60,
    supervisor,
    session_notes_reviewed: true,
    body: 'We looked at two session notes together.',
    claims: [{ competency: '1.3' }, { competency: '1.1' }, { competency: '1.6' }],
  })
  vault.put({
    kind: 'learning',
    date: '2026-02-02',
    title: 'Four-day health coaching course, day 1',
    form: 'course',
    minutes: 420,
    provider: 'An accredited provider',
    pci_accredited: true,
    practice_sessions: true,
    claims: ['2.1', '2.2', '2.3', '2.4', '2.5', '2.6', '2.7', '2.8'].map((competency) => ({ competency })),
  })
  const observation = vault.put({
    kind: 'observation',
    date: '2026-01-20',
    title: 'Sam sat in on a first session',
    source: 'live',
    observer: supervisor,
    minutes: 45,
    strengths: 'You let the client set the pace.',
    ratings: [{ competency: '2.2', level: 'competent', comment: 'Reflected back the client’s own words.' }],
    claims: [{ competency: '2.2' }],
  })
  for (let day = 1; day < 10; day += 1) {
    vault.put({
      kind: 'session',
      date: `2026-06-0${day}`,
      title: `Session with Client ${'BCDEFGHIJ'[day - 1]}`,
      format: 'one-to-one',
      mode: 'video',
      minutes: 45,
      nhs: true,
      outcome: 'attended',
    })
  }
  due(vault, supervision, session)
  return { supervisor, session, reflection, observation, supervision }
}

/** What waits for Alex: supervision that is late, things agreed, a question, a training, a thought. */
function due(vault: MemoryVault, supervision: string, session: string) {
  const none = { minutes_in_period: 0, minutes_a_month: 0, group_minutes_in_period: 0, months_held: 0, records: [] }
  const kept = { ...none, every_days: 30, overdue_days: 0, missed: 0, missed_on: [], open: false }
  vault.rhythms = [
    { ...kept, type: 'health-coaching', last: '2026-06-11', due: '2026-07-11' },
    {
      ...kept,
      type: 'line-management',
      last: '2026-04-20',
      due: '2026-05-20',
      overdue_days: 25,
      missed: 2,
      missed_on: ['2026-03-31', '2026-05-31'],
      open: true,
    },
    { ...kept, type: 'clinical', last: null, due: '2026-07-05', open: true },
  ]
  vault.actions = [
    {
      supervision,
      number: 1,
      type: 'health-coaching',
      agreed: '2026-06-11',
      text: 'Bring a recording to our next meeting',
      due: '2026-06-13',
      overdue_days: 1,
    },
    {
      supervision,
      number: 2,
      type: 'health-coaching',
      agreed: '2026-06-11',
      text: 'Read about silence',
      due: null,
      overdue_days: 0,
    },
  ]
  vault.questions = [
    {
      record: session,
      kind: 'session',
      title: 'Third session with Client A',
      question: 'Is the dizziness a reason to pause the walks?',
      asked_of: 'Priya Nair',
      asked: '2026-06-12',
      waiting_days: 2,
    },
  ]
  vault.expiring = [
    {
      record: supervision,
      title: 'Safeguarding adults, level 3',
      date: '2025-07-01',
      certificate: true,
      expires: '2026-07-01',
      days_left: 17,
      state: 'expiring',
    },
  ]
  vault.notes = [
    {
      key: 'review:client a',
      rule: 'review',
      date: '2026-06-12',
      text: 'You have met Client A six times since you last looked back together. A review might be welcome.',
      put_away: false,
    },
  ]
  vault.follow = [
    {
      label: 'Write a reflection on this session',
      draft: { kind: 'reflection', date: '2026-06-12', title: 'After: Third session with Client A', session },
    },
  ]
}
