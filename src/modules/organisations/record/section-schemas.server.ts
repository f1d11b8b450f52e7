import { z } from 'zod'
import { fields } from '#modules/programmes'
import type { Programmes } from '#server/programmes'
import {
  anyOf,
  oneOf,
  optionalLine,
  optionalOneOf,
  optionalParagraphs,
  optionalWebAddress
} from '#shared/forms/fields.ts'
import { readNuts } from '../identifiers/nuts.ts'
import {
  countryField,
  domainsField,
  identifierField,
  latinNameField,
  nameField,
  optionalNameField,
  regionField,
  registerNumberOf,
  registerNumberProblem
} from './fields.server.ts'
import type { Fact, FactKind, Statement } from './fact.ts'
import { type Section, mostNames, ownerships, sizes, workLanguages } from './sections.ts'

type Ids = [string, ...string[]]

/** What one step of editing says: the schema of its form, and the statements that it comes to. */
type SectionForm<Schema extends z.ZodType> = {
  schema: Schema
  statements: (given: z.output<Schema>) => Statement[]
}

/**
 * The form of a step.
 * @param facts those in force: some fields depend on what other steps said
 */
export function sectionForm(section: Section, programmes: Programmes, facts: readonly Fact[]) {
  switch (section) {
    case 'names':
      return names as SectionForm<z.ZodType>
    case 'place':
      return place as SectionForm<z.ZodType>
    case 'type':
      return type(programmes) as SectionForm<z.ZodType>
    case 'identifiers':
      return identifiers(facts.find(({ kind }) => kind === 'country')?.value ?? '') as SectionForm<z.ZodType>
    case 'interests':
      return interests(programmes) as SectionForm<z.ZodType>
  }
}

const one = (kind: FactKind, value: string | undefined, detail = ''): Statement[] =>
  value === undefined ? [] : [{ kind, detail, value }]

function form<Schema extends z.ZodType>(schema: Schema, statements: SectionForm<Schema>['statements']) {
  return { schema, statements }
}

const names = form(
  z.object({
    legalName: nameField(),
    latinName: latinNameField(),
    shortName: optionalNameField(),
    names: z
      .array(z.object({ language: optionalOneOf(workLanguages as Ids), name: optionalNameField() }))
      .max(mostNames, 'organisations.problem.too-many-rows')
      .default([])
      .check(({ value, issues }) => {
        value.forEach(({ language, name }, at) => {
          if (name !== undefined && language === undefined)
            issues.push({
              code: 'custom',
              path: [at, 'language'],
              message: 'organisations.problem.name-language',
              input: language
            })
        })
      })
  }),
  ({ legalName, latinName, shortName, names }) => [
    ...one('legal-name', legalName),
    ...one('latin-name', latinName),
    ...one('name', shortName),
    ...names.flatMap(({ language, name }) => (language ? one('name', name, language) : []))
  ]
)

const place = form(
  z
    .object({
      country: countryField(),
      region: regionField(),
      city: optionalLine(100),
      street: optionalLine(200),
      postcode: optionalLine(20),
      website: optionalWebAddress()
    })
    .check(({ value: { country, region }, issues }) => {
      const read = region === undefined ? undefined : readNuts(region)
      if (read && 'region' in read && read.region.country !== country)
        issues.push({
          code: 'custom',
          path: ['region'],
          message: 'organisations.problem.region-elsewhere',
          input: region
        })
    }),
  (given) => [
    ...one('country', given.country),
    ...one('region', given.region),
    ...one('city', given.city),
    ...one('street', given.street),
    ...one('postcode', given.postcode),
    ...one('website', given.website)
  ]
)

const type = ({ programme }: Programmes) =>
  form(
    z
      .object({
        type: oneOf(programme.types.map(({ id }) => id) as Ids),
        typeCode: optionalLine(40),
        size: optionalOneOf(sizes),
        ownership: optionalOneOf(ownerships),
        nonProfit: optionalOneOf(['yes', 'no'])
      })
      .check(({ value, issues }) => {
        const codes = programme.types.find(({ id }) => id === value.type)?.codes ?? []
        if (value.typeCode !== undefined && !codes.includes(value.typeCode))
          issues.push({
            code: 'custom',
            path: ['typeCode'],
            message: 'organisations.problem.type-code',
            input: value.typeCode
          })
      }),
    (given) => [
      ...one('type', given.type),
      ...one('type-code', given.typeCode),
      ...one('size', given.size),
      ...one('ownership', given.ownership),
      ...one('non-profit', given.nonProfit)
    ]
  )

const identifiers = (country: string) =>
  form(
    z
      .object({
        oid: identifierField('oid'),
        pic: identifierField('pic'),
        erasmusCode: identifierField('erasmus-code'),
        registerNumber: optionalLine(40),
        schac: identifierField('schac'),
        domains: domainsField()
      })
      .check(({ value, issues }) => {
        const message = registerNumberProblem(country, value.registerNumber)
        if (message)
          issues.push({ code: 'custom', path: ['registerNumber'], message, input: value.registerNumber })
      }),
    (given) => [
      ...one('oid', given.oid),
      ...one('pic', given.pic),
      ...one('erasmus-code', given.erasmusCode),
      ...one(
        'register-number',
        given.registerNumber && registerNumberOf(country, given.registerNumber),
        country
      ),
      ...one('schac', given.schac),
      ...given.domains.flatMap((domain) => one('domain', domain))
    ]
  )

const interests = ({ programme }: Programmes) =>
  form(
    z.object({
      fields: anyOf(fields),
      topics: anyOf(programme.topics.map(({ id }) => id) as Ids),
      languages: anyOf(workLanguages as Ids),
      descriptionLv: optionalParagraphs(1000),
      descriptionEn: optionalParagraphs(1000)
    }),
    (given) => [
      ...unique(given.fields).flatMap((value) => one('field', value)),
      ...unique(given.topics).flatMap((value) => one('topic', value)),
      ...unique(given.languages).flatMap((value) => one('language', value)),
      ...one('description', given.descriptionLv, 'lv'),
      ...one('description', given.descriptionEn, 'en')
    ]
  )

const unique = (values: readonly string[]) => [...new Set(values)]
