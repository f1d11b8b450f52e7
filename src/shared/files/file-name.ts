import { type FileKind, fileKinds } from './kinds.ts'

const longest = 120

/**
 * A name as it may be shown and downloaded: the last part of a path, in one line, without characters that a file
 * system, a terminal or a header would act upon, ending as its content asks.
 */
export function fileName(written: string, kind: FileKind): string {
  const { extension } = fileKinds[kind]
  const last = written.slice(0, 2000).toWellFormed().normalize('NFC').split(/[\\/]/).at(-1)!
  const clean = last
    .replace(/\p{Cf}/gu, '')
    .replace(/[\p{Cc}\p{Z}]+/gu, ' ')
    .replace(/[<>:"|?*%;]/g, '_')
    .replace(/^[\s.]+|[\s.]+$/g, '')
  const ends = new RegExp(`\\.(?:${extension}${kind === 'jpeg' ? '|jpeg' : ''})$`, 'i')
  const stem = [...clean.replace(ends, '')]
    .slice(0, longest - extension.length - 1)
    .join('')
    .trim()
  return `${stem || 'file'}.${extension}`
}

/** The header that makes a browser save a file under its name (RFC 6266). */
export function attachment(name: string): string {
  const plain = name.normalize('NFD').replace(/[^\x20-\x7e]|["\\]/g, '')
  const encoded = encodeURIComponent(name).replace(/['()*]/g, (mark) => `%${mark.charCodeAt(0).toString(16)}`)
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`
}
