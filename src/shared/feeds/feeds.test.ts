import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { Temporal } from 'temporal-polyfill'
import { type NewsFeed, answerFeed, writeAtom, writeCalendar, writeJsonFeed, writeRss } from './index.ts'

const at = (text: string) => Temporal.Instant.from(text)
const entry = {
  uid: '0b9a@kopa',
  sequence: 2,
  at: at('2027-03-28T10:00:00Z'),
  changedAt: at('2027-01-01T08:00:00Z'),
  title: 'Termiņš: Skolu “partnerības”, 2. kārta; steidzami 🎈',
  text: 'Pirmā rinda\nOtrā rinda',
  page: 'https://kopa.example/lv/calls/2027-lv-viaa-1'
}
const calendar = {
  name: 'Termiņi; visi, kopā\r\nX-EVIL:1',
  language: 'lv',
  address: 'https://kopa.example/a.ics'
}

suite('a calendar of deadlines', () => {
  const text = writeCalendar({ ...calendar, entries: [entry] })
  const unfolded = text.replaceAll('\r\n ', '')

  test('is iCalendar: CRLF, lines of at most 75 bytes, signs escaped', () => {
    assert.ok(text.split('\r\n').every((line) => Buffer.byteLength(line) <= 75 && !/[\r\n]/.test(line)))
    assert.ok(text.endsWith('END:VCALENDAR\r\n'))
    assert.match(unfolded, /SUMMARY:Termiņš: Skolu “partnerības”\\, 2\. kārta\\; steidzami 🎈/)
    assert.match(unfolded, /DESCRIPTION:Pirmā rinda\\nOtrā rinda/)
  })

  test('says the instant of a deadline on the day on which clocks are changed', () => {
    assert.match(text, /DTSTART:20270328T100000Z/)
  })

  test('keeps its UID and counts its changes', () => {
    assert.match(text, /UID:0b9a@kopa\r\n/)
    assert.match(text, /SEQUENCE:2\r\n/)
  })

  test('a name brings no line of its own', () => {
    assert.ok(!/\r\nX-EVIL/.test(text))
  })
})

const feed: NewsFeed = {
  id: 'urn:kopa:calls:lv',
  title: 'Uzaicinājumi & <vairāk>',
  language: 'lv',
  author: 'Kopā',
  address: 'https://kopa.example/lv/calls/feed.atom?q=a&field=vet',
  page: 'https://kopa.example/lv/calls?q=a&field=vet',
  changedAt: at('2027-01-02T08:00:00Z'),
  entries: [
    {
      id: 'urn:uuid:0b9a',
      title: 'A "B" \u0007 \ud800',
      text: "<script>alert('x')</script>",
      page: 'https://kopa.example/lv/calls/1',
      publishedAt: at('2027-01-01T08:00:00Z'),
      changedAt: at('2027-01-02T08:00:00Z'),
      tags: ['vet']
    }
  ]
}

suite('a feed of news', () => {
  test('Atom and RSS hold what people wrote as text, and nothing that XML cannot hold', () => {
    for (const text of [writeAtom(feed), writeRss(feed)]) {
      assert.ok(!text.includes('<script>') && !text.includes('\u0007') && text.isWellFormed())
      assert.match(text, /Uzaicinājumi &amp; &lt;vairāk&gt;/)
      assert.match(text, /&lt;script&gt;alert\(&#39;x&#39;\)/)
      assert.match(text, /q=a&amp;field=vet/)
    }
    assert.match(writeRss(feed), /<pubDate>Fri, 01 Jan 2027 08:00:00 GMT<\/pubDate>/)
  })

  test('JSON Feed says the same', () => {
    const json = JSON.parse(writeJsonFeed(feed)) as { items: { id: string; content_text: string }[] }
    assert.deepEqual(
      json.items.map(({ id, content_text: text }) => [id, text]),
      [['urn:uuid:0b9a', feed.entries[0]!.text]]
    )
  })
})

test('who has the feed already is not sent it again', async () => {
  const ask = (tag?: string) =>
    answerFeed(
      'atom',
      'x',
      new Request('https://kopa.example', { headers: tag ? { 'if-none-match': tag } : {} }),
      'a.atom'
    )
  const tag = ask().headers.get('etag')!
  assert.equal(await ask().text(), 'x')
  assert.equal(ask(`"other", W/${tag}`).status, 304)
})
