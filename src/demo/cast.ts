import type { Language } from '#shared/texts/language.ts'

/**
 * The people of the demonstration, and of the tests: Maria coordinates, Jonas is her partner, Ana assesses, Petra
 * decides, Līga looks after the installation, Ilze has an account and no role. All are invented; their addresses
 * belong to nobody (RFC 2606).
 */
export type CastMember = {
  name: string
  email: string
  language: Language
  roles: readonly CastRole[]
  /** The page on which somebody who tries their view begins, without the language. */
  startsAt: string
}

/** A role of somebody: in an organisation of the demonstration, in a body that is shipped, or in the programme. */
export type CastRole =
  | { role: 'member' | 'representative'; organisation: string }
  | { role: 'officer'; body: string }
  | { role: 'expert' | 'administrator' }

export const cast = {
  maria: {
    name: 'Maria Ozola',
    email: 'maria.ozola@example.org',
    language: 'lv',
    roles: [{ role: 'representative', organisation: 'school' }],
    startsAt: '/organisations'
  },
  jonas: {
    name: 'Jonas Petrauskas',
    email: 'jonas.petrauskas@example.org',
    language: 'en',
    roles: [{ role: 'member', organisation: 'gymnasium' }],
    startsAt: '/organisations'
  },
  ana: {
    name: 'Ana Kovač',
    email: 'ana.kovac@example.org',
    language: 'en',
    roles: [{ role: 'expert' }],
    startsAt: '/calls'
  },
  petra: {
    name: 'Petra Liepa',
    email: 'petra.liepa@example.org',
    language: 'lv',
    roles: [{ role: 'officer', body: 'lv-viaa' }],
    startsAt: '/directory'
  },
  liga: {
    name: 'Līga Kalniņa',
    email: 'liga.kalnina@example.org',
    language: 'lv',
    roles: [{ role: 'administrator' }],
    startsAt: '/directory'
  },
  ilze: {
    name: 'Ilze Bērziņa',
    email: 'ilze.berzina@example.org',
    language: 'lv',
    roles: [],
    startsAt: '/calls'
  }
} as const satisfies Record<string, CastMember>

export type CastKey = keyof typeof cast

export const castKeys = Object.keys(cast) as CastKey[]

export function isCastKey(value: unknown): value is CastKey {
  return typeof value === 'string' && Object.hasOwn(cast, value)
}

/** How they are shown to those who choose. */
export const groups = {
  organisations: ['maria', 'jonas', 'ilze'],
  bodies: ['petra'],
  programme: ['ana', 'liga']
} as const satisfies Record<string, readonly CastKey[]>
