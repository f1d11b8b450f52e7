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
  /** The first is the one that they act in when somebody tries their view. */
  roles: readonly CastRole[]
  /** The page on which somebody who tries their view begins, without the language; {own} is their organisation. */
  startsAt: string
}

/** The organisations that they belong to (invented-organisations.ts). */
export type InventedKey =
  'school' | 'gymnasium' | 'company' | 'association' | 'technicalSchool' | 'associationAgain'

/** A role of somebody: in an organisation of the demonstration, in a body that is shipped, or in the programme. */
export type CastRole =
  | { role: 'member' | 'representative'; organisation: InventedKey }
  | { role: 'officer'; body: string }
  | { role: 'expert' | 'administrator' }

const somebody = <const Member extends CastMember>(member: Member) => member

export const cast = {
  maria: somebody({
    name: 'Maria Ozola',
    email: 'maria.ozola@example.org',
    language: 'lv',
    roles: [
      { role: 'representative', organisation: 'school' },
      { role: 'representative', organisation: 'technicalSchool' }
    ],
    startsAt: '/organisations/{own}'
  }),
  jonas: somebody({
    name: 'Jonas Petrauskas',
    email: 'jonas.petrauskas@example.org',
    language: 'en',
    roles: [{ role: 'member', organisation: 'gymnasium' }],
    startsAt: '/organisations/{own}'
  }),
  rasa: somebody({
    name: 'Rasa Kazlauskienė',
    email: 'rasa.kazlauskiene@example.org',
    language: 'en',
    roles: [{ role: 'representative', organisation: 'gymnasium' }],
    startsAt: '/organisations/{own}'
  }),
  oskars: somebody({
    name: 'Oskars Zariņš',
    email: 'oskars.zarins@example.org',
    language: 'lv',
    roles: [{ role: 'representative', organisation: 'association' }],
    startsAt: '/directory/advice'
  }),
  karlis: somebody({
    name: 'Kārlis Balodis',
    email: 'karlis.balodis@example.org',
    language: 'lv',
    roles: [{ role: 'representative', organisation: 'associationAgain' }],
    startsAt: '/organisations/{own}'
  }),
  elina: somebody({
    name: 'Elīna Vanaga',
    email: 'elina.vanaga@example.org',
    language: 'lv',
    roles: [{ role: 'representative', organisation: 'company' }, { role: 'expert' }],
    startsAt: '/organisations/{own}'
  }),
  ilze: somebody({
    name: 'Ilze Bērziņa',
    email: 'ilze.berzina@example.org',
    language: 'lv',
    roles: [],
    startsAt: '/organisations'
  }),
  petra: somebody({
    name: 'Petra Liepa',
    email: 'petra.liepa@example.org',
    language: 'lv',
    roles: [{ role: 'officer', body: 'lv-viaa' }],
    startsAt: '/calls/desk'
  }),
  andris: somebody({
    name: 'Andris Vītols',
    email: 'andris.vitols@example.org',
    language: 'lv',
    roles: [{ role: 'officer', body: 'lv-viaa' }],
    startsAt: '/calls/desk'
  }),
  zane: somebody({
    name: 'Zane Krūmiņa',
    email: 'zane.krumina@example.org',
    language: 'lv',
    roles: [{ role: 'officer', body: 'lv-jspa' }],
    startsAt: '/calls/desk'
  }),
  claire: somebody({
    name: 'Claire Moreau',
    email: 'claire.moreau@example.org',
    language: 'en',
    roles: [{ role: 'officer', body: 'eacea' }],
    startsAt: '/calls/desk'
  }),
  tomas: somebody({
    name: 'Tomás Silva',
    email: 'tomas.silva@example.org',
    language: 'en',
    roles: [{ role: 'officer', body: 'eacea' }],
    startsAt: '/calls/desk'
  }),
  helena: somebody({
    name: 'Helena Novak',
    email: 'helena.novak@example.org',
    language: 'en',
    roles: [{ role: 'officer', body: 'ec-dg-eac' }],
    startsAt: '/calls/desk'
  }),
  ana: somebody({
    name: 'Ana Kovač',
    email: 'ana.kovac@example.org',
    language: 'en',
    roles: [{ role: 'expert' }],
    startsAt: '/calls'
  }),
  liga: somebody({
    name: 'Līga Kalniņa',
    email: 'liga.kalnina@example.org',
    language: 'lv',
    roles: [{ role: 'administrator' }],
    startsAt: '/operations'
  })
}

export type CastKey = keyof typeof cast

export const castKeys = Object.keys(cast) as CastKey[]

export function isCastKey(value: unknown): value is CastKey {
  return typeof value === 'string' && Object.hasOwn(cast, value)
}

/** How they are shown to those who choose. */
export const groups = {
  organisations: ['maria', 'jonas', 'rasa', 'oskars', 'karlis', 'elina', 'ilze'],
  bodies: ['petra', 'andris', 'zane', 'claire', 'tomas', 'helena'],
  programme: ['ana', 'liga']
} as const satisfies Record<string, readonly CastKey[]>
