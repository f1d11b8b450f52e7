import type { Temporal } from 'temporal-polyfill'
import type { RuleAnswer } from '#shared/rules/findings.ts'
import { renderPdf } from '#shared/documents/render-pdf.ts'
import { formatDate, formatMoney, texts, type Language } from '#shared/texts/index.ts'
import type { CheckReport, RuleReport } from './check-report.server.ts'
import { countryName } from './country-names.ts'
import { shortName } from './pages/actions/citation-text.ts'
import { placeText } from './place-text.ts'
import { isField } from './programme-data.ts'
import type { Programmes } from './programmes.server.ts'
import type { ConsortiumRequest } from './read-consortium.ts'

/** What a report is made from: the answers, the consortium they are about, and where the page is. */
export type ReportOrder = {
  reports: readonly CheckReport[]
  request: ConsortiumRequest
  programmes: Programmes
  language: Language
  now: Temporal.Instant
  /** The address of the page with the whole consortium, when it fits in one. */
  link: string | undefined
}

/** The report as an accessible PDF (PDF/UA-1), in one language. */
export function reportPdf(order: ReportOrder): Promise<Uint8Array> {
  return renderPdf({
    template: 'src/modules/programmes/check-report.typ',
    data: reportData(order),
    at: Math.floor(order.now.epochMilliseconds / 1000)
  })
}

const mostSets = 3

/** Everything the report says, in words. */
export function reportData({ reports, request, programmes, language, now, link }: ReportOrder) {
  const t = texts(language)
  const { field, durationMonths, grantEur, partners } = request.consortium
  const edition = reports[0]?.edition ?? request.edition ?? programmes.editions[0]!
  const kinds = programmes.edition(edition)?.data.kinds ?? {}
  const day = formatDate(now.toZonedDateTimeISO('Europe/Brussels').toPlainDate().toString(), language)
  return {
    language,
    title: t('check.report.title'),
    lead: t('check.report.lead', { edition, day }),
    unshown: t('check.report.unshown'),
    footer: t('check.report.footer', { day }),
    'partners-title': t('check.partners'),
    'partner-head': [
      t('check.report.number'),
      t('check.name'),
      t('check.country'),
      t('check.type'),
      t('check.role')
    ],
    partners: partners.map(({ name, country, type, role }, index) => [
      String(index + 1),
      name ?? '–',
      country === null ? '–' : countryName(country, language),
      (type !== null && kinds[type]?.[language]) || '–',
      role === null ? '–' : t(`check.role.${role}`)
    ]),
    facts: [
      ...(isField(field) ? [{ name: t('check.field'), value: t(`check.field.${field}`) }] : []),
      ...(durationMonths === undefined ? [] : [{ name: t('check.duration'), value: String(durationMonths) }]),
      ...(grantEur === undefined
        ? []
        : [{ name: t('check.grant'), value: formatMoney(grantEur * 100, language) }])
    ],
    'overview-title': t('check.report.overview'),
    'overview-head': [t('check.action'), t('check.report.answer')],
    'open-title': t('check.open'),
    'changes-title': t('check.changes'),
    'link-title': t('check.report.again'),
    made: t('check.report.made'),
    link: link ?? null,
    'link-text': t('check.report.link'),
    actions: reports.map((report) => actionData(report, reports.length === 1, language))
  }
}

const groups = ['not-met', 'unknown', 'met', 'worth-knowing', 'form', 'assessor'] as const
type Group = (typeof groups)[number]

/** One action; among several only what is in the way or open is told of each. */
function actionData(report: CheckReport, alone: boolean, language: Language) {
  const t = texts(language)
  const says = new Map(report.rules.map((rule) => [rule.id, rule.says[language]]))
  const told = groups.filter((group) => alone || group === 'not-met' || group === 'unknown')
  return {
    name: report.names[language],
    answer: report.answer,
    word: t(`site.verdict.${report.answer}`),
    open: report.open.map((one) => one[language]),
    warnings: report.warnings.map((one) => one[language]),
    changes: report.repairs.slice(0, alone ? mostSets : 1).map(({ changes }) =>
      changes.map((change) => ({
        text: change.text[language],
        rules:
          change.rules.length > 0
            ? t('rules.change.for-rules', {
                rules: change.rules.map((rule) => says.get(rule) ?? rule).join(' ')
              })
            : ''
      }))
    ),
    groups: told.flatMap((group) => {
      const rules = report.rules.filter((rule) => groupOf(rule) === group)
      if (rules.length === 0) return []
      const key = group === 'unknown' ? 'open' : group
      return [
        {
          title: t(`check.group.${key}`, { count: rules.length }),
          rules: rules.map((rule) => ruleData(rule, language))
        }
      ]
    })
  }
}

function groupOf({ settledBy, severity, answer }: RuleReport): Group {
  if (settledBy !== 'rules') return settledBy
  return severity === 'block' ? answer : 'worth-knowing'
}

function ruleData(rule: RuleReport, language: Language) {
  const t = texts(language)
  const decides = rule.settledBy === 'rules'
  const sources = rule.sources.map(
    (source) => `${shortName(source, t, language)}${source.at ? `, ${placeText(source.at, language)}` : ''}`
  )
  const confidence = {
    'source-document': 'stated-by-document',
    page: 'stated-by-page',
    unverified: 'unverified'
  } as const
  return {
    answer: decides ? rule.answer : null,
    word: decides ? t(`site.verdict.${rule.answer satisfies RuleAnswer}`) : '',
    says: rule.says[language],
    reason: decides && rule.answer !== 'met' ? rule.reason[language] : '',
    source: [t(`site.confidence.${confidence[rule.confidence]}`), ...sources].join(' · ')
  }
}
