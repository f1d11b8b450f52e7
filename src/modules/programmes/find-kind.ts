import type { Role } from '#shared/rules/vocabulary.ts'
import type { Knowledge, KnownKind } from './knowledge.ts'
import { fold, nearest, type Candidate } from './nearest.ts'

/** What a written type says of an organisation: a code may tell more than the type. */
export type FoundType = { type: string; functions: string[]; europeanNgo?: true }

/** The one code that tells what no type or function has: an organisation registered as a European NGO. */
const europeanNgoCode = 'EPLUS-ENGO'

/** Everyday words for types, beside their names and codes. Types the programme does not have are passed over. */
const everydayWords: Readonly<Record<string, readonly string[]>> = {
  'higher-education-institution': [
    'HEI',
    'AII',
    'university',
    'college of higher education',
    'universitāte',
    'augstskola',
    'akadēmija',
    'koledža'
  ],
  school: [
    'primary school',
    'secondary school',
    'sākumskola',
    'pamatskola',
    'vidusskola',
    'ģimnāzija',
    'pirmsskola'
  ],
  'school-authority': ['izglītības pārvalde'],
  'vet-provider': [
    'VET school',
    'vocational school',
    'VET',
    'PIA',
    'tehnikums',
    'profesionālā skola',
    'arodskola'
  ],
  'adult-education-provider': ['adult education', 'adult education centre', 'pieaugušo izglītības centrs'],
  enterprise: ['company', 'business', 'SME', 'firm', 'SIA', 'firma', 'MVU'],
  'research-institute': [
    'research centre',
    'research organisation',
    'pētniecības institūts',
    'zinātniskais institūts'
  ],
  'public-body': [
    'ministry',
    'municipality',
    'public authority',
    'pašvaldība',
    'ministrija',
    'valsts iestāde'
  ],
  ngo: ['NVO', 'association', 'non-profit organisation', 'biedrība'],
  'social-partner': ['trade union', 'employers organisation', 'arodbiedrība', 'darba devēju organizācija'],
  chamber: [
    'chamber of commerce',
    'chamber of crafts',
    'tirdzniecības kamera',
    'amatniecības kamera',
    'kamera'
  ],
  'sport-organisation': ['sports organisation', 'sport federation', 'sporta federācija'],
  'youth-organisation': ['youth centre', 'jauniešu centrs', 'jauniešu organizācija'],
  foundation: ['fonds'],
  other: ['cits', 'cita']
}

const roleWords: Readonly<Record<Role, readonly string[]>> = {
  coordinator: [
    'coordinator',
    'applicant',
    'lead partner',
    'lead',
    'koordinators',
    'koordinatore',
    'pieteikuma iesniedzējs',
    'vadošais partneris'
  ],
  partner: ['partner', 'full partner', 'partneris', 'pilntiesīgs partneris', 'pilntiesīgais partneris'],
  associated: ['associated', 'associated partner', 'associate', 'asociētais', 'asociētais partneris'],
  affiliated: [
    'affiliated',
    'affiliated entity',
    'affiliated partner',
    'saistītā',
    'saistītā organizācija',
    'saistītais partneris'
  ]
}

type Index = {
  types: Map<string, FoundType>
  functions: Map<string, string>
  typeCandidates: Candidate<string>[]
  functionCandidates: Candidate<string>[]
}

const indexes = new WeakMap<Knowledge, Index>()

/** The type written as an id, a code of the programme, a name in either language or an everyday word. */
export function findType(written: string, knowledge: Knowledge): FoundType | undefined {
  return indexOf(knowledge).types.get(fold(written))
}

/** Types that may have been meant. Where a function was written, the types that may have it. */
export function nearestTypes(written: string, knowledge: Knowledge): string[] {
  const { functions, typeCandidates } = indexOf(knowledge)
  const asFunction = functions.get(fold(written))
  const couldBe = knowledge.functions.find(({ id }) => id === asFunction)?.couldBe
  return couldBe ? couldBe.slice(0, 3) : nearest(written, typeCandidates)
}

/** The function written as an id, a code or a name. A type is a function too: a university may also be a vet-provider. */
export function findFunction(written: string, knowledge: Knowledge): string | undefined {
  const { functions, types } = indexOf(knowledge)
  return functions.get(fold(written)) ?? types.get(fold(written))?.type
}

/** Functions that may have been meant. */
export function nearestFunctions(written: string, knowledge: Knowledge): string[] {
  const { functionCandidates, typeCandidates } = indexOf(knowledge)
  return nearest(written, [...functionCandidates, ...typeCandidates])
}

const roles = new Map(
  (Object.keys(roleWords) as Role[]).flatMap((role) =>
    roleWords[role].map((word) => [fold(word), role] as const)
  )
)

/** The role written as in the file or as a word in Latvian or English. */
export function findRole(written: string): Role | undefined {
  return roles.get(fold(written))
}

/** Roles that may have been meant. */
export function nearestRoles(written: string): Role[] {
  const candidates = (Object.keys(roleWords) as Role[]).map((id) => ({ id, forms: roleWords[id].map(fold) }))
  return nearest(written, candidates)
}

function indexOf(knowledge: Knowledge): Index {
  let index = indexes.get(knowledge)
  if (!index) indexes.set(knowledge, (index = buildIndex(knowledge)))
  return index
}

function buildIndex(knowledge: Knowledge): Index {
  const types = new Map<string, FoundType>()
  const functions = new Map<string, string>()
  const forms = (kind: KnownKind) => [kind.id, kind.names.en, kind.names.lv, ...(kind.codes ?? [])].map(fold)
  const add = <Value>(to: Map<string, Value>, form: string, value: Value) => {
    if (!to.has(form)) to.set(form, value)
  }
  for (const kind of knowledge.functions) for (const form of forms(kind)) add(functions, form, kind.id)
  for (const { id, names, codes = [] } of knowledge.types) {
    for (const form of [id, names.en, names.lv]) add(types, fold(form), { type: id, functions: [] })
    for (const code of codes) {
      const told = knowledge.functions.filter((kind) => kind.codes?.includes(code)).map((kind) => kind.id)
      const engo = code === europeanNgoCode ? { europeanNgo: true as const } : {}
      add(types, fold(code), { type: id, functions: told, ...engo })
    }
  }
  for (const { id } of knowledge.types) {
    for (const word of everyday(id)) add(types, fold(word), { type: id, functions: [] })
  }
  return {
    types,
    functions,
    typeCandidates: knowledge.types.map((kind) => ({
      id: kind.id,
      forms: [...forms(kind), ...everyday(kind.id).map(fold)]
    })),
    functionCandidates: knowledge.functions.map((kind) => ({ id: kind.id, forms: forms(kind) }))
  }
}

function everyday(type: string): readonly string[] {
  return Object.hasOwn(everydayWords, type) ? everydayWords[type]! : []
}
