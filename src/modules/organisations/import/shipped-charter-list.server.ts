import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { projectFolder } from '#shared/documents/project-folder.ts'
import { type CharterList, readCharterList } from './read-charter-list.server.ts'

/** Day of the edition that is shipped. */
export const shippedEdition = '2026-04-08' // not of a guide: day of the list

/** The file of the shipped list, as bytes of CSV: without streets, postcodes and numbers of proposals. */
export function shippedCharterFile(): { bytes: Uint8Array; file: string } {
  const file = `charter-holders-${shippedEdition}.csv`
  const packed = readFileSync(join(projectFolder(), 'programmes/erasmus-plus/parameters', `${file}.gz`))
  return { bytes: gunzipSync(packed), file }
}

/** The official list as it is shipped. */
export async function readShippedCharterList(): Promise<CharterList> {
  const read = await readCharterList(shippedCharterFile().bytes)
  if ('problem' in read) throw new Error(`the shipped list of charter holders: ${JSON.stringify(read)}`)
  return read.list
}
