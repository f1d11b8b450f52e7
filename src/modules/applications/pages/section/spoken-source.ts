import type { FormSource } from '#modules/programmes'

/** Where a question comes from, for people. */
export type SpokenSource = { title: string; at: string | undefined; url: string | undefined }

export function spokenSource({ title, at, url }: FormSource): SpokenSource {
  return { title, at, url }
}
