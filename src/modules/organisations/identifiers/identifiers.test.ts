import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fc } from '../../../../tests/drawn-cases.ts'
import { readCharterNumber } from './charter-number.ts'
import { readCountry } from './country.ts'
import { readDomain, readSchacHome } from './domain.ts'
import { readErasmusCode } from './erasmus-code.ts'
import { readLatvianNumber } from './latvian-number.ts'
import { nutsRegions, readNuts } from './nuts.ts'
import { readOid } from './oid.ts'
import { readPic } from './pic.ts'

const readers = [
  ...[readOid, readPic, readErasmusCode, readDomain, readSchacHome],
  ...[readLatvianNumber, readCountry, readNuts, readCharterNumber]
]

type Read = (written: string) => { value: string } | { problem: string }

function reads(read: Read, cases: Record<string, string>): void {
  for (const [written, value] of Object.entries(cases)) {
    const result = read(written)
    assert.equal('value' in result ? result.value : result, value, written)
  }
}

function refuses(read: Read, cases: Record<string, string>): void {
  for (const [written, problem] of Object.entries(cases))
    assert.deepEqual(read(written), { problem }, written)
}

test('Maria writes her organisation ID in many ways, and it is the same one', () => {
  reads(readOid, {
    E10054064: 'E10054064',
    ' e 1005 4064 ': 'E10054064',
    'OID: E10054064': 'E10054064',
    Е10054064: 'E10054064', // a Cyrillic Е
    E1OO54O64: 'E10054064',
    'E\u200b10054064\u00a0': 'E10054064'
  })
  refuses(readOid, {
    '': 'empty',
    '   ': 'empty',
    E1005406: 'oid-form',
    E100540644: 'oid-form',
    '948821603': 'oid-is-pic'
  })
})

test('a PIC is read, and a slip of the hand is noticed', () => {
  reads(readPic, { '948821603': '948821603', 'PIC 948 821 603': '948821603', '948-821-603': '948821603' })
  // Research organisations of other programmes follow the same rule.
  for (const pic of ['999997930', '999984059', '999991334', '999984350'])
    assert.deepEqual(readPic(pic), { value: pic })
  refuses(readPic, {
    '': 'empty',
    '948821604': 'pic-check',
    '948812603': 'pic-check',
    '94882160': 'pic-form',
    'nine digits': 'pic-form',
    E10054064: 'pic-is-oid'
  })
})

test('no single wrong digit and no two exchanged neighbours make another PIC', () => {
  const pic = fc.integer({ min: 8_247_423, max: 10_309_277 }).map((n) => String(n * 97 + 1))
  fc.assert(
    fc.property(pic, fc.nat(8), fc.nat(9), (code, at, digit) => {
      const slipped = code.slice(0, at) + digit + code.slice(at + 1)
      assert.equal('value' in readPic(slipped), slipped === code)
      if (at === 8) return
      const exchanged = code.slice(0, at) + code[at + 1] + code[at] + code.slice(at + 2)
      assert.equal('value' in readPic(exchanged), exchanged === code)
    })
  )
})

test('an Erasmus code gets its country padded to three characters, whatever the spacing', () => {
  reads(readErasmusCode, {
    'A  BADEN01': 'A  BADEN01',
    'a baden01': 'A  BADEN01',
    'LV RIGA01': 'LV RIGA01',
    LVRIGA01: 'LV RIGA01',
    IRLDUBLIN01: 'IRLDUBLIN01',
    'IRL DUBLIN01': 'IRLDUBLIN01',
    'LUXLUX-VIL01': 'LUXLUX-VIL01',
    'F\u00a0 ST-JOSEPH01': 'F  ST-JOSEPH01',
    'DK FREDERICIA 01': 'DK FREDERICIA01',
    RSPROKUP01: 'RS PROKUP01',
    'E  BARCELO100': 'E  BARCELO100',
    'SF HELSINK01': 'SF HELSINK01',
    'BE BRUGGE11': 'BE BRUGGE11'
  })
  refuses(readErasmusCode, {
    '': 'empty',
    SFHELSINK01: 'erasmus-code-country-unclear',
    'LV RIGA': 'erasmus-code-form',
    '1234': 'erasmus-code-form',
    'QQ RIGA01': 'erasmus-code-country-unknown'
  })
  const countries = ['A  WIEN01', 'SF OULU01', 'IRLCORK01', 'G  ATHINE01', 'XK PRISHTI01', 'UK LONDON01']
  assert.deepEqual(
    countries.map((code) => readErasmusCode(code)).map((read) => ('country' in read ? read.country : read)),
    ['AT', 'FI', 'IE', 'GR', 'XK', 'GB']
  )
})

test('a domain is found in whatever address people have at hand', () => {
  reads(readDomain, {
    'lu.lv': 'lu.lv',
    'https://www.lu.lv/en/': 'lu.lv',
    'WWW.LU.LV': 'lu.lv',
    'someone@lu.lv': 'lu.lv',
    'mailto:someone@lu.lv': 'lu.lv',
    'http://portal.lu.lv:8080/a?b#c': 'portal.lu.lv',
    'rīga.lv': 'xn--rga-uta.lv',
    'lu.lv.': 'lu.lv'
  })
  refuses(readDomain, {
    '': 'empty',
    localhost: 'domain-single',
    '127.0.0.1': 'domain-number',
    'http://2130706433/': 'domain-number',
    '[::1]': 'domain-form',
    'two words.lv': 'domain-form',
    '-a.lv': 'domain-form',
    'a..lv': 'domain-form',
    'javascript:alert(1)': 'domain-form'
  })
  reads(readSchacHome, { 'lu.lv': 'lu.lv', 'LU.lv': 'lu.lv' })
  refuses(readSchacHome, { 'https://lu.lv/': 'domain-form', 'someone@lu.lv': 'domain-form' })
})

test('a Latvian registration number is read, a wrong digit noticed, a personal code refused', () => {
  reads(readLatvianNumber, {
    '90000076669': '90000076669',
    LV90000068977: '90000068977',
    '4000 303 2949': '40003032949',
    '40008002279': '40008002279',
    '50003251341': '50003251341'
  })
  refuses(readLatvianNumber, {
    '': 'empty',
    '90000076668': 'latvian-number-check',
    '9000007666': 'latvian-number-form',
    '121212-12345': 'latvian-number-personal',
    '32345612345': 'latvian-number-personal'
  })
})

test('countries, regions and charters are known or refused', () => {
  reads(readCountry, { lv: 'LV', EL: 'GR', UK: 'GB', XK: 'XK' })
  refuses(readCountry, { '': 'empty', ZZ: 'country-unknown', LVA: 'country-unknown' })
  reads(readNuts, { LV006: 'LV006', 'lv 006': 'LV006', LVO06: 'LV006', GR30: 'EL30', LV: 'LV' })
  refuses(readNuts, { LV999: 'nuts-unknown', L: 'nuts-form', LV0066: 'nuts-form' })
  assert.deepEqual(nutsRegions.get('LV006'), { code: 'LV006', name: 'Rīga', level: 3, country: 'LV' })
  assert.ok([...nutsRegions.values()].every(({ country }) => country.length === 2))
  reads(readCharterNumber, {
    '101012444': '101012444',
    '29546-la-1-2014-1-de-e4aka1-eche': '29546-LA-1-2014-1-DE-E4AKA1-ECHE'
  })
  refuses(readCharterNumber, { 'Transitory Charter': 'charter-form' })
})

test('whatever is written, a reader answers; and what it answers it reads again as the same', () => {
  const written = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 400 }),
    fc.string({ unit: fc.constantFrom(...'EOILPIC019 .-@:/LVRIGAАЕ\u00a0\u200b'), maxLength: 20 })
  )
  fc.assert(
    fc.property(written, fc.constantFrom<Read>(...readers), (text, read) => {
      const result = read(text)
      if ('value' in result) assert.deepEqual(read(result.value), result)
    }),
    { numRuns: 3000 }
  )
})
