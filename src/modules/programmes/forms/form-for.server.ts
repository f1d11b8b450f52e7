import { inEdition } from '#shared/rules/editions.ts'
import { texts } from '#shared/texts/index.ts'
import type { Words } from '#shared/rules/vocabulary.ts'
import { countryCodes } from '../countries.ts'
import { countryName } from '../country-names.ts'
import { confidenceIn } from '../edition-rules.server.ts'
import type { ApplicationForm, FormOption, FormRule, ProgrammeList } from '../form-data.ts'
import { fields, type Field } from '../programme-data.ts'
import type { Programme } from '../programme.server.ts'
import { existsIn, type Programmes } from '../programmes.server.ts'
import type { RuleEntry } from './form-file.ts'
import { sectionsOf } from './make-sections.server.ts'
import { belongs, shownWhen, sourcesOf, startMaking, type FormWanted, type Making } from './making.server.ts'

/** Forms are made once for each action, edition, field and body. */
const made = new WeakMap<Programme, Map<string, ApplicationForm>>()

/**
 * The application form of an action in an edition: its own where application-form.yaml has one, else the form built
 * from its rules. Undefined when the action did not exist in the edition.
 * @param wanted `body` where the call is known; left out, the body that runs the action by rule
 */
export function formFor({ programme }: Programmes, wanted: FormWanted): ApplicationForm | undefined {
  let forms = made.get(programme)
  if (!forms) made.set(programme, (forms = new Map()))
  const key = [wanted.action, wanted.edition, wanted.field ?? '', wanted.body ?? ''].join()
  const known = forms.get(key)
  if (known) return known
  const form = makeForm(programme, wanted)
  // What does not exist is not remembered: anybody may ask for any year.
  if (form) forms.set(key, form)
  return form
}

function makeForm(programme: Programme, wanted: FormWanted): ApplicationForm | undefined {
  const { action, edition, field } = wanted
  const files = programme.actions.get(action)
  if (!files || !existsIn(files).includes(edition)) return undefined
  const making = startMaking(programme, files, wanted, listsOf(programme, wanted))
  const own = files.form?.forms.find((one) => belongs(one, making))
  const file = own ? files.form! : programme.sharedForm
  const sections = sectionsOf(file.sections, programme.sharedForm, making)
  return {
    action,
    edition,
    ...(field && { field }),
    body: making.body,
    version: own?.version ?? programme.sharedForm.version,
    origin: own ? 'own' : 'built',
    sections,
    rules: (file.rules ?? []).filter((rule) => belongs(rule, making)).map((rule) => ruleOf(rule, making)),
    lists: usedLists(sections, making.lists)
  }
}

function ruleOf(entry: RuleEntry, making: Making): FormRule {
  const base = {
    id: entry.id,
    says: entry.says,
    severity: entry.severity ?? (isUnverified(entry, making) ? ('warn' as const) : ('block' as const)),
    ...shownWhen(entry, making),
    ...sourcesOf(entry.sources, making)
  }
  if (entry.window) return { ...base, word: 'window', ...entry.window }
  if (entry.order) return { ...base, word: 'order', ...entry.order }
  if (entry.within) return { ...base, word: 'within', ...entry.within }
  if (entry.sum) return { ...base, word: 'sum', ...entry.sum }
  return { ...base, word: 'different', of: entry.different!.of }
}

/** What no source confirms yet is told, but never decides. */
function isUnverified({ sources }: RuleEntry, { programme, edition }: Making): boolean {
  return sources !== undefined && confidenceIn(programme, sources, edition) === 'unverified'
}

/** The programme's lists as this edition and field have them. */
function listsOf(programme: Programme, { action, edition, field }: FormWanted): Making['lists'] {
  const own = new Set(programme.actions.get(action)?.action.fields)
  return {
    priorities: programme.priorities
      .filter(
        (one) =>
          inEdition(one.editions, edition) &&
          (one.kind === 'horizontal' || (field ? one.field === field : own.has(one.field!)))
      )
      .map(({ id, names }) => ({ value: id, names })),
    topics: inEdition(programme.topicEditions, edition)
      ? programme.topics.map(({ id, names }) => ({ value: id, names }))
      : [],
    countries: countryCodes.map((code) => ({ value: code, names: inBoth((one) => countryName(code, one)) })),
    languages: programme.sharedForm.languages.map((code) => ({
      value: code,
      names: inBoth((one) => languageNames[one].of(code) ?? code)
    })),
    fields: fields.filter((one) => own.has(one)).map((one) => ({ value: one, names: fieldName(one) }))
  }
}

const languageNames = {
  en: new Intl.DisplayNames(['en'], { type: 'language' }),
  lv: new Intl.DisplayNames(['lv'], { type: 'language' })
}

/** Fields are named by the product's texts. */
function fieldName(field: Field): Words {
  return inBoth((language) => texts(language)(`rules.field.${field}`))
}

function inBoth(name: (language: 'en' | 'lv') => string): Words {
  return { en: name('en'), lv: name('lv') }
}

/** Only the lists that questions draw from travel with the form. */
function usedLists(sections: ApplicationForm['sections'], lists: Making['lists']): ApplicationForm['lists'] {
  const used = new Set<string>()
  for (const { questions } of sections) {
    for (const question of questions) {
      const parts = question.kind === 'table' ? question.columns : [question]
      for (const part of parts) if ('options' in part && 'from' in part.options) used.add(part.options.from)
    }
  }
  return Object.fromEntries(
    Object.entries(lists).filter(([name]) => used.has(name)) as [ProgrammeList, FormOption[]][]
  )
}
