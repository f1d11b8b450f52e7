import type { AnswerKind, FormQuestion } from '#modules/programmes'
import { fileKinds, kindsText } from '#shared/files/index.ts'
import { spoken } from '#shared/forms/page-answer.ts'
import { formatMoney, formatNumber } from '#shared/texts/format.ts'
import type { KeysOf, Language, Say } from '#shared/texts/language.ts'
import { givenFile } from '../../attachments/given-file.ts'
import type { Words } from '#shared/rules/vocabulary.ts'
import { type Speaking, answerText } from '../../form/answer-text.ts'
import { isRequired } from '../../form/conditions.ts'
import {
  type Filled,
  type Place,
  formerName,
  noLongerOffered,
  offered,
  pathOf,
  valueOf
} from '../../form/filled.ts'
import { problemsOf } from '../../form/problems.ts'
import { beyondRules, limitsNow } from '../../form/rule-limits.ts'
import type { Answer } from '../../application.ts'
import type { ControlView, FileView, OptionView, QuestionView } from './question-view.ts'
import { spokenSource } from './spoken-source.ts'
import { nameIn, tableRows } from './typed-answers.ts'

/** What the view of a question is made from. */
export type Viewing = {
  filled: Filled
  answers: ReadonlyMap<string, Answer>
  speaking: Speaking & { t: Say<KeysOf<'applications-editor'>> }
  /** The questions, as section.question, that conditions of the form look at. */
  deciding: ReadonlySet<string>
  /** The questions, as section.question, that rules over several answers look at. */
  ruled: ReadonlySet<string>
  /** What those of the rules say that do not hold, by the path of each answer that breaks them. */
  broken: ReadonlyMap<string, readonly Words[]>
  /** The address of a page about a path of the application. */
  addressOf: (page: 'files' | 'template' | 'attachment', path: string) => string
}

/** A question of the form at its place, in the reader's language. */
export function questionView(question: FormQuestion, place: Place, viewing: Viewing): QuestionView {
  const { filled, answers, speaking } = viewing
  const { language } = speaking
  const path = pathOf(place, question.id)
  const answer = answers.get(path)
  const value = valueOf(answer)
  const said = answerText(filled, question, value, speaking)
  const problems = problemsOf(filled, question, value)
  const ruled = viewing.ruled.has(`${place.section.id}.${question.id}`)
  return {
    path,
    label: question.ask[language],
    help: helpOf(question, place, viewing),
    required: isRequired(filled, place, question),
    decides: viewing.deciding.has(`${place.section.id}.${question.id}`),
    sources: (question.sources ?? []).map((source) => spokenSource(source, language)),
    control: controlOf(question, path, value, viewing),
    version: answer?.version ?? 0,
    said: said === '' ? [] : said.split('\n'),
    length: answer?.length ?? 0,
    checked: ruled || readByRules(question, place) || !neverWrong.has(question.kind) || problems.length > 0,
    wrong: [
      ...spoken(
        problems.map((problem) => ({
          ...problem,
          field: nameIn(path, problem.field)
        })),
        language
      ),
      ...[...beyondRules(filled, place, question, value), ...(viewing.broken.get(path) ?? [])].map(
        (words) => ({ field: path, message: words[language] })
      )
    ]
  }
}

/** What helps with the answer, with what rules allow of it as things stand, each sentence once. */
function helpOf(question: FormQuestion, place: Place, { filled, speaking }: Viewing): string | undefined {
  const { language } = speaking
  const own = question.help?.[language] ?? ''
  const limits = limitsNow(filled, place, question).map(({ says }) => says[language])
  const help = [own, ...new Set(limits.filter((says) => !own.includes(says)))].filter((one) => one !== '')
  return help.length > 0 ? help.join(' ') : undefined
}

/** Whether rules of the call read the answer: the check beside it may change. */
function readByRules({ about }: FormQuestion, { section }: Place): boolean {
  return about !== undefined || section.id === 'eligibility'
}

/** Of a text the counter says whether it is too long; of the others everything that is offered is right. */
const neverWrong: ReadonlySet<FormQuestion['kind']> = new Set(['text', 'line', 'yes-no', 'choice', 'file'])

function controlOf(
  question: FormQuestion,
  path: string,
  value: unknown,
  viewing: Viewing
): QuestionView['control'] {
  if (question.kind === 'file') return fileView(question, path, viewing)
  if (question.kind !== 'table') return valueControl(question, value, viewing)
  const rows = tableRows(value)
  const { language } = viewing.speaking
  return {
    kind: 'table',
    columns: question.columns.map((column) => ({
      id: column.id,
      label: column.ask[language],
      required: column.required ?? false,
      control: valueControl(
        column,
        rows.flatMap((row) => row[column.id] ?? []),
        viewing
      )
    })),
    least: question.least ?? 0,
    most: question.most,
    row: question.row[language]
  }
}

/** @param chosen what stands in it, in a table in all of its rows: it can be chosen though it is not offered any more */
function valueControl(kind: AnswerKind, chosen: unknown, viewing: Viewing): ControlView {
  const { language } = viewing.speaking
  switch (kind.kind) {
    case 'text':
    case 'line':
      return { kind: kind.kind, limit: kind.limit }
    case 'number':
      return { kind: 'number', unit: kind.unit?.[language], decimals: kind.decimals ?? 0 }
    case 'money':
      return { kind: 'money', amounts: kind.amounts && amountsOf(kind.amounts, chosen, viewing) }
    case 'date':
    case 'yes-no':
      return { kind: kind.kind }
    case 'choice':
    case 'choices':
      return choiceControl(kind, chosen, viewing)
  }
}

function amountsOf(amounts: readonly number[], chosen: unknown, viewing: Viewing): OptionView[] {
  const { language, t } = viewing.speaking
  const former = [chosen]
    .flat()
    .filter((one): one is number => typeof one === 'number' && !amounts.includes(one))
  return [
    ...amounts.map((cents) => ({ value: String(cents), label: formatMoney(cents, language) })),
    ...[...new Set(former)].map((cents) => ({
      value: String(cents),
      label: t('applications-editor.former.offered', { name: formatMoney(cents, language) }),
      former: true
    }))
  ]
}

function choiceControl(
  { kind, options }: AnswerKind & { kind: 'choice' | 'choices' },
  chosen: unknown,
  { filled, speaking: { language, t } }: Viewing
): ControlView {
  const known = offered(filled, options)
  const former = [...new Set(noLongerOffered(filled, options, chosen))]
  const people = 'from' in options && options.from === 'participants'
  return {
    kind,
    options: [
      ...known.map(({ value, names }) => ({ value: String(value), label: names[language] })),
      ...former.map((value) => {
        const name = formerName(filled, options, value)
        const label = people
          ? t('applications-editor.former.takes-part', { name })
          : t('applications-editor.former.offered', { name })
        return { value: String(value), label, former: true }
      })
    ],
    numbers: [...known, ...former.map((value) => ({ value }))].some(({ value }) => typeof value === 'number')
  }
}

function fileView(
  question: FormQuestion & { kind: 'file' },
  path: string,
  { answers, speaking: { language }, addressOf }: Viewing
): FileView {
  const given = givenFile(answers.get(path)?.value)
  return {
    kind: 'file',
    accept: question.types.map((kind) => `.${fileKinds[kind].extension}`).join(','),
    kinds: kindsText(question.types),
    pages: question.pages,
    template: question.template && addressOf('template', path),
    page: addressOf('attachment', path),
    given: given && {
      name: given.name,
      size: sizeText(given.size, language),
      pages: given.pages,
      address: addressOf('files', path)
    }
  }
}

/** The size of a file for people: 240 kB, 1,4 MB. */
export function sizeText(bytes: number, language: Language): string {
  const megabytes = bytes / 1_000_000 // not of a guide: bytes
  return megabytes < 0.1
    ? `${formatNumber(Math.ceil(bytes / 1000), language)} kB`
    : `${formatNumber(Math.round(megabytes * 10) / 10, language)} MB`
}
