/** Files that people give: taken, looked over, kept, handed out. */
export { type DownloadRequest, downloadFile } from './download-file.ts'
export { type FileScan, type StoredFile, mayDownload } from './file.ts'
export {
  type DownloadRefusal,
  type FileRefusal,
  downloadRefusalText,
  fileRefusalText,
  kindsText
} from './file-refusal.ts'
export { type FileStore, type HoldingFiles } from './file-store.ts'
export { type FileKind, documentKinds, fileKinds, imageKinds, tableKinds } from './kinds.ts'
export { type FileContent } from './spool.ts'
export { type Upload, storeFile } from './store-file.ts'
export { storeImage } from './store-image.ts'
export { removeUnusedFiles, scanWaitingFiles } from './tidy-files.ts'
export { filesOf, findFile, forgetUploader, releaseFile, useFile } from './use-file.ts'
