/** Where a value is written: a document of the programme's list, or an address or words of whoever entered it. */
export type SourceRef = { document?: string | undefined; at?: string | undefined; url?: string | undefined }

/** A source as people read it. */
export type Citation = { title: string; at?: string | undefined; url?: string | undefined }
