import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { createApi } from '../../src/api/api.ts'
import type { App } from '../../src/app.ts'
import { projectFiles, root } from '../structure/project-files.ts'

/**
 * Every door of the product as the code has it: pages (`load /calls/[call]`), their forms (`post /calls/[call]?/follow`,
 * without a name for the only one), other answers of the site (`GET /calls/deadlines.ics`), and the API
 * (`api POST /api/v1/calls/:call/…`). Addresses are without the language.
 */
export async function doorsOfTheCode(app: App): Promise<string[]> {
  const files = projectFiles(/^src\/routes\/(.*\/)?\+(page\.svelte|page\.server\.ts|server\.ts)$/)
  const ofPages = await Promise.all(files.map(({ path }) => doorsOf(path)))
  return [...new Set([...ofPages.flat(), ...doorsOfApi(app)])].sort()
}

async function doorsOf(file: string): Promise<string[]> {
  const address = addressOf(file)
  if (file.endsWith('+page.svelte')) return [`load ${address}`]
  const module = (await import(pathToFileURL(join(root, file)).href)) as Record<string, unknown>
  if (file.endsWith('+server.ts'))
    return Object.keys(module)
      .filter((name) => /^[A-Z]+$/.test(name))
      .map((method) => `${inNoLanguage(file) ? 'bare ' : ''}${method} ${address}`)
  const forms = Object.keys((module.actions ?? {}) as object)
  return forms.map((name) => `post ${address}${name === 'default' ? '' : `?/${name}`}`)
}

/** 'src/routes/[lang=language]/(people)/sign-in/+page.svelte' → /sign-in */
function addressOf(file: string): string {
  const parts = file.split('/').slice(2, -1)
  return `/${parts.filter((part) => part !== '[lang=language]' && !/^\(.*\)$/.test(part)).join('/')}`
}

const inNoLanguage = (file: string) => !file.startsWith('src/routes/[lang=language]/')

function doorsOfApi(app: App): string[] {
  return createApi(app)
    .routes.filter(({ method }) => method !== 'ALL')
    .map(({ method, path }) => `api ${method} ${path.replace(/\{[^}]*\}+/g, '')}`)
}
