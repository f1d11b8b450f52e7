import { existsSync } from 'node:fs'
import { type Browser, chromium } from 'playwright-core'

const installed = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--force-color-profile=srgb'
]

// Playwright's half a minute is not enough where others use the machine, too.
const patience = 120_000

/** A real browser without a window: the system's chromium, else the one that npm brought. Close it afterwards. */
export async function launchBrowser(): Promise<Browser> {
  const browser = await launch()
  const newContext = browser.newContext.bind(browser)
  browser.newContext = async (options) => {
    const context = await newContext(options)
    context.setDefaultTimeout(patience)
    return context
  }
  return browser
}

async function launch(): Promise<Browser> {
  const system = installed.find((path) => existsSync(path))
  if (system) return chromium.launch({ executablePath: system, args: flags })
  // It unpacks its own libraries, so that it runs where none were installed.
  process.env.AWS_LAMBDA_JS_RUNTIME ??= 'nodejs22.x'
  const { default: carried } = await import('@sparticuz/chromium')
  return chromium.launch({
    executablePath: await carried.executablePath(),
    args: [...carried.args, ...flags]
  })
}
