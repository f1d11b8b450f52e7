import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fc } from '../../../tests/drawn-cases.ts'
import { readConsortiumText, writeConsortiumYaml } from './consortium-file.server.ts'
import { countryCodes } from './countries.ts'
import { cleaned, mostProblems } from './input-problem.ts'
import { known, said } from './known-programme.fixture.ts'
import { foldName } from './nearest.ts'
import { readConsortium, type ConsortiumRequest, type ReadConsortium } from './read-consortium.ts'
import { writeConsortiumJson } from './write-consortium.ts'
import { readYaml, YamlRefusal } from './yaml-value.server.ts'

/** What holds for every answer, whatever was given. */
function holds({ request, problems, warnings }: ReadConsortium) {
  assert.equal(request === undefined, problems.length > 0)
  assert.ok(problems.length <= mostProblems + 1 && warnings.length <= mostProblems)
  for (const sentence of [
    ...said(problems, 'lv'),
    ...said(problems, 'en'),
    ...said(warnings, 'lv'),
    ...said(warnings, 'en')
  ]) {
    assert.ok(sentence.length < 3_000)
    assert.doesNotMatch(sentence, /undefined|\[object|input\./)
  }
  for (const { line, column } of [...problems, ...warnings]) assert.ok((line ?? 1) >= 1 && (column ?? 1) >= 1)
  assert.deepEqual(JSON.parse(JSON.stringify(problems)), problems)
  if (request) assert.ok(request.consortium.partners.length >= 1 && request.consortium.partners.length <= 200)
}

const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.string({ unit: 'grapheme', maxLength: 40 }),
  fc.constantFrom(
    'LV',
    'NO',
    'no',
    'null',
    '~',
    'true',
    '=1+1',
    '<b>x</b>',
    '*a',
    '&a',
    '- x',
    'a: b',
    '#',
    '7',
    '__proto__',
    '<<'
  )
)

/** Values close enough to a consortium that every part of the reader is reached. */
const nearly = fc.oneof(
  { weight: 1, arbitrary: fc.anything() },
  {
    weight: 4,
    arbitrary: fc.record(
      {
        action: fc.oneof(fc.constantFrom('knowledge-alliances', 'knowledge-aliances', null), fc.anything()),
        callYear: fc.oneof(fc.integer({ min: 2010, max: 2030 }), fc.anything()),
        field: fc.oneof(fc.constantFrom('vet', 'VET', 'x'), fc.anything()),
        durationMonths: fc.oneof(fc.integer(), fc.double(), fc.anything()),
        grantEur: fc.oneof(fc.integer(), fc.double(), fc.anything()),
        partners: fc.array(
          fc.oneof(
            { weight: 1, arbitrary: fc.anything() },
            {
              weight: 5,
              arbitrary: fc.record(
                Object.fromEntries(
                  [
                    'name',
                    'country',
                    'type',
                    'role',
                    'functions',
                    'charter',
                    'establishedOn',
                    'independentOf',
                    'x'
                  ].map((key) => [key, fc.oneof(text, fc.array(text, { maxLength: 3 }), fc.anything())])
                ),
                { requiredKeys: [] }
              )
            }
          ),
          { maxLength: 6 }
        ),
        answers: fc.oneof(
          fc.dictionary(
            fc.oneof(text, fc.constantFrom('lot', 'activities', 'smallCountry')),
            fc.oneof(text, fc.anything())
          ),
          fc.anything()
        )
      },
      { requiredKeys: [] }
    )
  }
)

test('whatever value somebody sends is answered, never with an accident', () => {
  fc.assert(
    fc.property(nearly, (value) => holds(readConsortium(value, known, { today: '2026-01-01' }))),
    { numRuns: 1500 }
  )
})

test('whatever text or bytes somebody sends is answered', () => {
  const piece = fc.constantFrom(
    'partners:',
    '\n',
    '  ',
    '- ',
    'country: LV',
    ', ',
    '[',
    ']',
    '{',
    '}',
    '"',
    "'",
    ': ',
    '&a ',
    '*a',
    '!x ',
    '|',
    '>',
    '---',
    '\t',
    '#',
    '? ',
    '%YAML 1.1\n',
    '\u2028',
    'ā'
  )
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string({ unit: 'binary' }),
        fc.array(fc.oneof(piece, text), { maxLength: 30 }).map((parts) => parts.join('')),
        fc.uint8Array({ maxLength: 60 })
      ),
      (given) => holds(readConsortiumText(given, known))
    ),
    { numRuns: 3000 }
  )
})

/** Requests as the reader itself would give them. */
const requests: fc.Arbitrary<ConsortiumRequest> = fc
  .record({
    asked: fc.constantFrom(
      {},
      { action: 'knowledge-alliances', edition: 2017 },
      { edition: 2022 },
      { action: 'cooperation-partnerships' }
    ),
    top: fc.record(
      {
        field: fc.constantFrom('vet', 'sport'),
        durationMonths: fc.integer({ min: 1, max: 120 }),
        grantEur: fc.nat()
      },
      { requiredKeys: [] }
    ),
    coordinated: fc.boolean(),
    partners: fc.uniqueArray(
      fc.record(
        {
          name: text
            .map((name) => cleaned(name).text.slice(0, 300).trim())
            .filter((name) => name !== '' && name.isWellFormed()),
          country: fc.constantFrom(null, ...countryCodes),
          type: fc.constantFrom(null, ...known.types.map(({ id }) => id)),
          role: fc.constantFrom(null, 'partner' as const, 'associated' as const, 'affiliated' as const),
          functions: fc.option(
            fc.uniqueArray(fc.constantFrom(...known.functions.map(({ id }) => id)), { maxLength: 3 })
          ),
          charter: fc.option(fc.boolean()),
          establishedOn: fc.option(
            fc
              .date({ min: new Date('1000-01-01'), max: new Date('2100-01-01'), noInvalidDate: true })
              .map((day) => day.toISOString().slice(0, 10))
          ),
          nonProfit: fc.option(fc.boolean()),
          europeanNgo: fc.option(fc.boolean()),
          independentOf: fc.option(
            fc.oneof(fc.boolean(), fc.uniqueArray(fc.nat({ max: 7 }), { maxLength: 4 }))
          )
        },
        { requiredKeys: ['country', 'type', 'role'] }
      ),
      {
        minLength: 1,
        maxLength: 8,
        selector: (partner) => (partner.name === undefined ? partner : foldName(partner.name))
      }
    ),
    answers: fc.option(
      fc.record(
        {
          activities: fc.constantFrom([], ['entrepreneurship'], null),
          smallCountry: fc.option(fc.boolean()),
          lot: fc.constantFrom(1, null),
          participants: fc.nat(),
          other: fc.oneof(
            text.filter((one) => one.isWellFormed()),
            fc.integer(),
            fc.array(
              fc.oneof(
                fc.boolean(),
                text.filter((one) => one.isWellFormed())
              )
            )
          ),
          ['__proto__']: fc.boolean()
        },
        { requiredKeys: [] }
      ),
      { nil: undefined }
    )
  })
  .map(({ asked, top, coordinated, partners, answers }) => ({
    ...asked,
    consortium: {
      ...top,
      partners: partners.map(({ independentOf, ...partner }, own) => ({
        ...partner,
        role:
          own === 0 && (coordinated || partners.every(({ role }) => role !== null))
            ? ('coordinator' as const)
            : partner.role,
        ...(independentOf !== undefined && {
          independentOf: Array.isArray(independentOf)
            ? independentOf.filter((other) => other !== own && other < partners.length).sort((a, b) => a - b)
            : independentOf
        })
      })),
      ...(answers && { answers: Object.fromEntries(Object.entries(answers)) })
    }
  }))

test('every consortium that can be read is written and read back the same, as YAML and as JSON', () => {
  fc.assert(
    fc.property(requests, (request) => {
      for (const written of [
        writeConsortiumYaml(request),
        writeConsortiumJson(request),
        Buffer.from(writeConsortiumYaml(request))
      ]) {
        const read = readConsortiumText(written, known)
        assert.deepEqual(said(read.problems), [])
        assert.deepEqual(read.request, request)
      }
      assert.deepEqual(readConsortium(JSON.parse(writeConsortiumJson(request)), known).request, request)
    }),
    { numRuns: 400 }
  )
})

test('a file in which some letters were hit by accident is read or told where it hurts', () => {
  const hits = fc.array(fc.tuple(fc.nat(), fc.nat({ max: 4 }), fc.string({ maxLength: 3 })), {
    minLength: 1,
    maxLength: 4
  })
  fc.assert(
    fc.property(requests, hits, (request, hits) => {
      let written = writeConsortiumYaml(request)
      for (const [at, dropped, added] of hits) {
        const place = at % (written.length + 1)
        written = written.slice(0, place) + added + written.slice(place + dropped)
      }
      const read = readConsortiumText(written, known)
      holds(read)
      for (const { line, key } of read.problems)
        assert.ok(line !== undefined || key === 'input.not-text' || key === 'input.more-problems')
    }),
    { numRuns: 1000 }
  )
})

test('JSON is read as JSON.parse reads it', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 6 }), fc.constantFrom(undefined, 2, '\t'), (value, space) => {
      const json = JSON.stringify(value, null, space)
      // What stands at “name” is a name, whatever YAML would make of it.
      fc.pre(!json.includes('"name":'))
      try {
        assert.deepEqual(readYaml(json).value, JSON.parse(json))
      } catch (error) {
        // A key that the two do not agree about is refused, never read differently.
        if (!(error instanceof YamlRefusal)) throw error
        assert.fail(`${error.problem.key}: ${json}`)
      }
    }),
    { numRuns: 1000 }
  )
})
