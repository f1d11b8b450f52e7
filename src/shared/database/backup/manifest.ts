import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { createGunzip } from 'node:zlib'
import { z } from 'zod'
import { Refusal } from '../../operating/refusal.ts'
import { DamagedArchive, type TarFile, readTar } from './tar.ts'

/** The number of this arrangement of a backup; a newer one is refused. */
export const formatVersion = 1

/** The last file of a backup: what is in it. */
export const manifestSchema = z.object({
  format: z.number().int(),
  product: z.string(),
  createdAt: z.iso.datetime(),
  postgresql: z.string(),
  /** The changes that the database had had, oldest first. */
  migrations: z.array(z.string()),
  tables: z.array(z.object({ name: z.string(), columns: z.array(z.string()), rows: z.number().int() })),
  sequences: z.array(z.object({ name: z.string(), value: z.string().regex(/^-?\d+$/), called: z.boolean() })),
  /** Every other file of the archive, in its order. */
  parts: z.array(z.object({ name: z.string(), bytes: z.number().int(), sha256: z.string() }))
})

export type Manifest = z.infer<typeof manifestSchema>

/** The manifest's name in the archive. */
export const manifestName = 'manifest.json'

/** The files of a backup, one after the other. */
export function filesOf(archive: string): AsyncGenerator<TarFile> {
  const compressed = createReadStream(archive)
  const bytes = createGunzip()
  compressed.on('error', (error) => bytes.destroy(error))
  compressed.pipe(bytes)
  return readTar(bytes)
}

/**
 * Reads a backup from end to end and compares every part with its checksum.
 * Refuses one that is damaged, cut off, or none at all. Nothing else is touched.
 */
export async function verifyBackup(archive: string): Promise<Manifest> {
  const seen: Manifest['parts'] = []
  let manifest: Manifest | undefined
  try {
    for await (const { name, size, content } of filesOf(archive)) {
      if (manifest) throw new DamagedArchive('something follows the manifest')
      if (name === manifestName) {
        manifest = manifestSchema.parse(JSON.parse((await bytesOf(content)).toString()))
        continue
      }
      const hash = createHash('sha256')
      for await (const part of content) hash.update(part)
      seen.push({ name, bytes: size, sha256: hash.digest('hex') })
    }
    if (!manifest) throw new DamagedArchive('its manifest is missing')
    if (JSON.stringify(manifest.parts) !== JSON.stringify(seen)) {
      throw new DamagedArchive('a part does not have its checksum')
    }
    return manifest
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException
    if (code && /^E[A-Z]+$/.test(code)) {
      throw new Refusal((t) => t('cli.restore.unreadable', { file: archive, why: String(cause) }), { cause })
    }
    throw new BackupRefused(archive, cause as Error)
  }
}

/** A file that is no whole backup. */
export class BackupRefused extends Refusal {
  constructor(archive: string, cause: Error) {
    const why = cause.message.split('\n')[0]!
    super((t) => t('cli.restore.damaged', { file: archive, why }), { cause })
  }
}

/** All bytes of a file of an archive. */
export async function bytesOf(content: TarFile['content']): Promise<Buffer> {
  const parts: Uint8Array[] = []
  for await (const part of content) parts.push(part)
  return Buffer.concat(parts)
}
