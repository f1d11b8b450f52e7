import type { Temporal } from 'temporal-polyfill'

/** Something that was published, for those who read feeds. */
export type NewsEntry = {
  /** Stays the same for ever, such as urn:uuid:… */
  id: string
  title: string
  text: string
  page: string
  publishedAt: Temporal.Instant
  changedAt: Temporal.Instant
  tags: readonly string[]
}

export type NewsFeed = {
  /** Stays the same for ever, whatever its address. */
  id: string
  title: string
  language: string
  author: string
  /** Where the feed is, and the page that shows the same. */
  address: string
  page: string
  changedAt: Temporal.Instant
  entries: readonly NewsEntry[]
}

/** Writes a feed as Atom (RFC 4287). */
export function writeAtom(feed: NewsFeed): string {
  const entries = feed.entries.map((entry) =>
    [
      '  <entry>',
      `    <id>${xml(entry.id)}</id>`,
      `    <title>${xml(entry.title)}</title>`,
      `    <link rel="alternate" type="text/html" href="${xml(entry.page)}"/>`,
      `    <published>${entry.publishedAt}</published>`,
      `    <updated>${entry.changedAt}</updated>`,
      ...entry.tags.map((tag) => `    <category term="${xml(tag)}"/>`),
      `    <summary>${xml(entry.text)}</summary>`,
      '  </entry>'
    ].join('\n')
  )
  return [
    '<?xml version="1.0" encoding="utf-8"?>',
    `<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${xml(feed.language)}">`,
    `  <id>${xml(feed.id)}</id>`,
    `  <title>${xml(feed.title)}</title>`,
    `  <link rel="self" type="application/atom+xml" href="${xml(feed.address)}"/>`,
    `  <link rel="alternate" type="text/html" href="${xml(feed.page)}"/>`,
    `  <updated>${feed.changedAt}</updated>`,
    `  <author><name>${xml(feed.author)}</name></author>`,
    ...entries,
    '</feed>',
    ''
  ].join('\n')
}

/** Writes a feed as RSS 2.0. */
export function writeRss(feed: NewsFeed): string {
  const items = feed.entries.map((entry) =>
    [
      '    <item>',
      `      <title>${xml(entry.title)}</title>`,
      `      <link>${xml(entry.page)}</link>`,
      `      <guid isPermaLink="false">${xml(entry.id)}</guid>`,
      `      <pubDate>${mailDate(entry.publishedAt)}</pubDate>`,
      ...entry.tags.map((tag) => `      <category>${xml(tag)}</category>`),
      `      <description>${xml(entry.text)}</description>`,
      '    </item>'
    ].join('\n')
  )
  return [
    '<?xml version="1.0" encoding="utf-8"?>',
    '<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom">',
    '  <channel>',
    `    <title>${xml(feed.title)}</title>`,
    `    <link>${xml(feed.page)}</link>`,
    `    <description>${xml(feed.title)}</description>`,
    `    <language>${xml(feed.language)}</language>`,
    `    <lastBuildDate>${mailDate(feed.changedAt)}</lastBuildDate>`,
    `    <atom:link rel="self" type="application/rss+xml" href="${xml(feed.address)}"/>`,
    ...items,
    '  </channel>',
    '</rss>',
    ''
  ].join('\n')
}

/** Writes a feed as JSON Feed 1.1. */
export function writeJsonFeed(feed: NewsFeed): string {
  return JSON.stringify(
    {
      version: 'https://jsonfeed.org/version/1.1',
      title: feed.title,
      home_page_url: feed.page,
      feed_url: feed.address,
      language: feed.language,
      authors: [{ name: feed.author }],
      items: feed.entries.map((entry) => ({
        id: entry.id,
        url: entry.page,
        title: entry.title,
        content_text: entry.text,
        date_published: entry.publishedAt.toString(),
        date_modified: entry.changedAt.toString(),
        tags: entry.tags
      }))
    },
    undefined,
    2
  )
}

// What XML cannot hold, however it is written.
const impossible =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g
const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;'
}

/** A text inside XML. */
function xml(text: string): string {
  return text.replace(impossible, '').replace(/[&<>"']/g, (sign) => entities[sign]!)
}

/** Thu, 05 Mar 2026 11:00:00 GMT */
function mailDate(at: Temporal.Instant): string {
  return new Date(at.epochMilliseconds).toUTCString()
}
