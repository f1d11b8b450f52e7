import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import type { SignedIn } from '#shared/identity/index.ts'
import { signIn } from './cast/cast.ts'
import type { RunningSite } from './running-site.ts'

/** A page in a browser of somebody's own, where they are signed in; where nobody is named, a stranger's. */
export async function pageOf(
  { site, browser }: { site: RunningSite; browser: Browser },
  somebody?: SignedIn,
  more: BrowserContextOptions = {}
): Promise<Page> {
  const context = await browser.newContext(more)
  if (somebody) {
    const [name = '', value = ''] = (await signIn(site, somebody)).split('=')
    await context.addCookies([{ name, value, url: site.address }])
  }
  return context.newPage()
}
