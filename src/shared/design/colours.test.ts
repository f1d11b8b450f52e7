import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'

const source = readFileSync(join(import.meta.dirname, 'colours.css'), 'utf8')
const [lightPart = '', darkPart = ''] = source.split('prefers-color-scheme: dark')
const scales = ['accent', 'neutral', 'info', 'success', 'warning', 'danger']

// WCAG 2.2: 4.5 for text (1.4.3), 3 for borders that show what can be used (1.4.11).
const promises = [
  ['text-default', 'background-default', 4.5],
  ['text-default', 'surface-active', 4.5],
  ['text-subtle', 'background-tinted', 4.5],
  ['text-subtle', 'surface-hover', 4.5],
  ['border-default', 'background-default', 3],
  ['border-default', 'surface-default', 3],
  ['base-contrast-default', 'base-default', 4.5],
  ['base-contrast-default', 'base-hover', 4.5],
  ['base-contrast-default', 'base-active', 4.5]
] as const

for (const [scheme, part] of [
  ['light', lightPart],
  ['dark', darkPart]
] as const) {
  for (const scale of scales) {
    test(`somebody with weak sight can read ${scale} colours in ${scheme}`, () => {
      const colour = (step: string) => {
        const found = new RegExp(`--ds-color-${scale}-${step}: (#[0-9a-f]{6});`).exec(part)?.[1]
        assert.ok(found, `${scale}-${step} is missing in ${scheme}`)
        return found
      }
      for (const [front, back, least] of promises) {
        const ratio = contrast(colour(front), colour(back))
        assert.ok(ratio >= least, `${front} on ${back}: ${ratio.toFixed(2)}, needed ${least}`)
      }
    })
  }
}

/** Contrast ratio of two colours as WCAG defines it. */
function contrast(one: string, other: string): number {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a)
  return (light + 0.05) / (dark + 0.05)
}

function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((start) => {
    const part = parseInt(hex.slice(start, start + 2), 16) / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}
