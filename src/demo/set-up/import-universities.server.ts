import { Temporal } from 'temporal-polyfill'
import { importCharterList, shippedCharterFile, shippedEdition } from '#server/organisations'
import { done } from './done.ts'
import type { World } from './world.server.ts'

/** Country, website, first and last day: the end of a line of the shipped list. */
const ofOurCorner = /,(LV|LT|EE),[^,]*,\d{4}-\d\d-\d\d,\d{4}-\d\d-\d\d$/

/** Reads the real universities of Latvia and its neighbours in, from the official list that is shipped. */
export async function importUniversities({ database }: World): Promise<void> {
  const { bytes, file } = shippedCharterFile()
  const [heading, ...rows] = Buffer.from(bytes).toString().trimEnd().split(/\r?\n/)
  const few = [heading, ...rows.filter((row) => ofOurCorner.test(row))].join('\n')
  const given = { bytes: Buffer.from(few), file, edition: Temporal.PlainDate.from(shippedEdition) }
  const choices = { do: 'apply', accept: new Set<number>(), manyEnd: false } as const
  const read = done(await importCharterList({ database }, given, choices), 'universities')
  if ('problem' in read) throw new Error(`The demonstration: ${JSON.stringify(read)}`)
}
