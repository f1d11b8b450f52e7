import { z } from 'zod'
import { peopleKinds, staffKinds } from '../budget/budget-line.ts'
import { deltaSchema } from './delta-schema.ts'

/** What the machines' door answers about a draft; the OpenAPI document is made from these. */

const instant = z.iso.datetime({ offset: true }).meta({ description: 'UTC, ISO 8601.' })
const version = z.int()
const cents = z.int().meta({ description: 'Whole cents.' })
const words = z.object({ lv: z.string(), en: z.string() })

export const codeSchema = z.object({ code: z.string() })
export const idSchema = z.object({ id: z.uuid() })

// Fields.

const length = z.int().meta({ description: 'Characters as people see them.' })

export const savedSchema = z.object({
  version,
  length,
  savedAt: instant,
  merged: z.boolean().meta({ description: 'Others had changed the text meanwhile: both stand in it.' }),
  text: z.string().optional().meta({ description: 'The text that stands, where it is not the one sent.' }),
  delta: deltaSchema.optional(),
  value: z.unknown().optional().meta({ description: 'The value that stands, where it is read otherwise.' })
})

export const fieldSchema = z.object({
  version,
  length,
  savedAt: instant,
  text: z.string().optional(),
  value: z.unknown().optional(),
  delta: deltaSchema.optional()
})

export const spansSchema = z.object({
  spans: z.array(
    z.object({
      from: version,
      to: version,
      by: z.uuid(),
      name: z.string().nullable().meta({ description: 'null: of somebody who was erased.' }),
      began: instant,
      ended: instant,
      how: z.array(z.string()),
      inserted: z.int(),
      removed: z.int()
    })
  )
})

// The discussion.

const who = z.object({ person: z.uuid(), name: z.string().nullable() })
const said = z.object({ id: z.uuid(), text: z.string(), by: who, at: instant, mentions: z.array(who) })

export const discussionSchema = z.object({
  talks: z.array(
    said.extend({
      path: z.string(),
      quote: z.object({ text: z.string(), from: z.int(), to: z.int(), version }).nullable(),
      answers: z.array(said),
      settled: z.object({ by: who, at: instant }).nullable()
    })
  ),
  suggestions: z.array(
    z.object({
      id: z.uuid(),
      path: z.string(),
      note: z.string().nullable(),
      by: who,
      at: instant,
      version,
      delta: z.array(z.unknown()).meta({ description: 'What it would do to the text that stands now.' })
    })
  ),
  tasks: z.array(
    z.object({
      id: z.uuid(),
      path: z.string(),
      for: who,
      by: who,
      note: z.string().nullable(),
      at: instant
    })
  )
})

export const colleaguesSchema = z.object({
  colleagues: z.array(z.object({ id: z.uuid(), name: z.string(), participant: z.uuid() }))
})

// The consortium.

const role = z.enum(['coordinator', 'partner', 'associated'])

const participant = z.object({
  id: z.uuid(),
  position: z.int(),
  role,
  organisation: z.uuid().nullable(),
  name: z.string(),
  country: z.string(),
  state: z.enum(['invited', 'accepted', 'declined', 'left']),
  edits: z.enum(['own', 'all']),
  code: z.string().optional().meta({ description: 'In the register.' }),
  nameToday: z.string().optional(),
  sameAs: z.string().optional(),
  detail: z
    .object({
      tasks: z.string().optional(),
      replaces: z.string().optional(),
      reason: z.string().optional(),
      type: z.string().optional(),
      establishedOn: z.string().optional(),
      nonProfit: z.boolean().optional(),
      europeanNgo: z.boolean().optional(),
      functions: z.array(z.string()).optional()
    })
    .optional(),
  mandateState: z.enum(['not-needed', 'missing', 'given', 'to-confirm', 'confirmed', 'does-not-hold']),
  mandate: z
    .looseObject({ way: z.string(), text: z.string(), digest: z.string(), givenAt: instant })
    .optional(),
  invitation: z
    .object({ email: z.string().optional(), until: instant })
    .optional()
    .meta({ description: 'A mailed link that can still be answered.' })
})

export const consortiumSchema = z.object({
  application: z.string(),
  own: z.uuid().meta({ description: 'The participant that the caller acts for.' }),
  open: z.boolean(),
  participants: z.array(participant),
  gone: z.array(
    z.object({
      id: z.uuid(),
      name: z.string(),
      country: z.string(),
      role,
      state: z.enum(['declined', 'left']),
      endedAt: z.string(),
      answers: z.int()
    })
  ),
  mandate: z
    .object({ id: z.string(), title: z.string(), paragraphs: z.array(z.string()) })
    .optional()
    .meta({ description: 'What one’s own organisation agrees to by giving a mandate.' })
})

export const draftCheckSchema = z.object({
  state: z.enum(['checked', 'no-rules', 'unreadable']),
  report: z.looseObject({}).nullable().meta({ description: 'As a result of eligibility-checks.' }),
  unread: z.array(z.object({ path: z.string(), message: words })),
  waiting: z.int().meta({ description: 'Participants that count although they have not agreed yet.' }),
  limits: z.array(z.looseObject({}))
})

// The budget.

const planned = z.object({
  id: z.string(),
  participant: z.uuid(),
  category: z.string(),
  title: z.string(),
  workPackage: z.string().optional(),
  year: z.int().optional(),
  months: z.int().optional(),
  days: z.int().optional(),
  people: z.int().optional(),
  times: z.int().optional(),
  staff: z.enum(staffKinds).optional(),
  kind: z.enum(peopleKinds).optional(),
  travel: z.enum(['standard', 'green']).optional(),
  from: z.string().optional(),
  to: z.string().optional(),
  km: z.int().optional(),
  kmReason: z.string().optional(),
  age: z.int().optional(),
  cents: cents.optional(),
  justification: z.string().optional()
})

const total = z.object({ key: z.string().optional(), cost: cents, grant: cents })

export const budgetSchema = z.object({
  state: z.string().meta({ description: 'Names this state of all lines: `seen` of replaceBudget.' }),
  lines: z.array(planned.extend({ version, changedBy: z.string(), changedAt: instant })),
  budget: z.object({
    cost: cents,
    grant: cents,
    unverified: cents.meta({
      description: 'Of the grant: what rests on values not yet found in a document.'
    }),
    parts: z.array(
      z.object({
        line: z.string(),
        category: z.string(),
        cost: cents,
        grant: cents,
        refusals: z.array(z.object({ kind: z.string(), cents, rule: z.looseObject({}).optional() })),
        rules: z.array(z.looseObject({})),
        people: z.int().optional()
      })
    ),
    findings: z.array(
      z.object({
        kind: z.string(),
        weight: z.enum(['blocks', 'warns', 'advises']),
        line: z.string().optional(),
        rule: z.looseObject({}).optional(),
        values: z.record(z.string(), z.union([z.string(), z.number()])).optional()
      })
    )
  }),
  totals: z.object({
    participant: z.array(total),
    year: z.array(total),
    'work-package': z.array(total),
    category: z.array(total)
  }),
  rules: z.looseObject({ categories: z.array(z.looseObject({ id: z.string() })) })
})

// Handing in.

export const finalCheckSchema = z.object({
  application: z.string(),
  state: z.enum(['draft', 'submitted', 'withdrawn']),
  deadline: instant,
  findings: z.array(
    z.object({
      part: z.string(),
      weight: z.enum(['blocks', 'advice']),
      says: words,
      at: z.string().meta({ description: 'Where it is mended, from the pages of the application.' })
    })
  ),
  declaration: z.object({
    version: z.string().meta({ description: 'Sent as `declaration` by whoever agrees to it.' }),
    sentences: z.array(words)
  }),
  submissions: z.array(
    z.object({
      number: z.int(),
      state: z.enum(['counts', 'taken-back', 'replaced', 'withdrawn']),
      sha256: z.string(),
      clockErrorMilliseconds: z.number(),
      receivedAt: instant,
      acceptedAt: instant
    })
  )
})

export const receiptSchema = z.object({
  receipt: z.string(),
  application: z.string(),
  title: z.string(),
  coordinator: z.string(),
  call: z.string(),
  number: z.int(),
  receivedAt: instant,
  receivedInBrussels: z.string(),
  clockErrorMilliseconds: z.number(),
  acceptedAt: instant,
  deadline: z.string(),
  declaration: z.string(),
  sha256: z.string().meta({ description: 'Of the manifest of the content.' }),
  audit: z.looseObject({}).meta({ description: 'Its entry in the audit log, signed.' }),
  proof: z.looseObject({}).optional().meta({ description: 'That the entry is in the log.' })
})
