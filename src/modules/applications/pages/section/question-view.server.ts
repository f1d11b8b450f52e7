import type { AnswerKind, FormQuestion } from '#modules/programmes'
import { fileKinds, kindsText } from '#shared/files/index.ts'
import { formatMoney, formatNumber } from '#shared/texts/format.ts'
import type { Language } from '#shared/texts/language.ts'
import { type Reading, answerWords, optionsOf } from '../../answer-words.ts'
import { givenFile } from '../../attachments/given-file.ts'
import { applicationAddress } from '../application-page.ts'
import type { ControlView, FileView, QuestionView } from './question-view.ts'
import type { Offered } from './read-answer.ts'
import { spokenSource } from './spoken-source.ts'

/** A question of the form at its path, in the reader's language. */
export function questionView(
  question: FormQuestion,
  path: string,
  { reading, required }: { reading: Reading; required: boolean }
): QuestionView {
  const { language, answers } = reading
  const answer = answers.get(path)
  return {
    path,
    label: question.ask[language],
    help: question.help?.[language],
    required,
    sources: (question.sources ?? []).map(spokenSource),
    control: controlOf(question, path, reading),
    version: answer?.version ?? 0,
    said: answerWords(question, answer, reading),
    length: answer?.length ?? 0
  }
}

/** What is offered for a choice, by the text that stands for it in a form. */
export function offeredFor(kind: AnswerKind, reading: Reading): Offered {
  if (kind.kind === 'money') return new Map((kind.amounts ?? []).map((cents) => [String(cents), cents]))
  if (kind.kind !== 'choice' && kind.kind !== 'choices') return new Map()
  return new Map(optionsOf(kind.options, reading).map(({ value }) => [String(value), value]))
}

function controlOf(question: FormQuestion, path: string, reading: Reading): QuestionView['control'] {
  const { language } = reading
  if (question.kind === 'file') return fileView(question, path, reading)
  if (question.kind !== 'table') return valueControl(question, reading)
  return {
    kind: 'table',
    columns: question.columns.map((column) => ({
      id: column.id,
      label: column.ask[language],
      required: column.required ?? false,
      control: valueControl(column, reading)
    })),
    least: question.least ?? 0,
    most: question.most,
    row: question.row[language]
  }
}

function valueControl(kind: AnswerKind, reading: Reading): ControlView {
  const { language } = reading
  switch (kind.kind) {
    case 'text':
    case 'line':
      return { kind: kind.kind, limit: kind.limit }
    case 'number':
      return { kind: 'number', unit: kind.unit?.[language], decimals: kind.decimals ?? 0 }
    case 'money':
      return {
        kind: 'money',
        amounts: kind.amounts?.map((cents) => ({ value: String(cents), label: formatMoney(cents, language) }))
      }
    case 'date':
    case 'yes-no':
      return { kind: kind.kind }
    case 'choice':
    case 'choices':
      return {
        kind: kind.kind,
        options: optionsOf(kind.options, reading).map(({ value, label }) => ({ value: String(value), label }))
      }
  }
}

function fileView(
  question: FormQuestion & { kind: 'file' },
  path: string,
  { answers, outline, language }: Reading
): FileView {
  const given = givenFile(answers.get(path)?.value)
  const at = (what: string) => applicationAddress(language, outline.code, `${what}/${path}`)
  return {
    kind: 'file',
    accept: question.types.map((kind) => `.${fileKinds[kind].extension}`).join(','),
    kinds: kindsText(question.types),
    pages: question.pages,
    template: question.template && at('template'),
    page: at('attachment'),
    given: given && {
      name: given.name,
      size: sizeText(given.size, language),
      pages: given.pages,
      address: at('files')
    }
  }
}

function sizeText(bytes: number, language: Language): string {
  const megabytes = bytes / 1_000_000
  return megabytes < 0.1
    ? `${formatNumber(Math.ceil(bytes / 1000), language)} kB`
    : `${formatNumber(Math.round(megabytes * 10) / 10, language)} MB`
}

