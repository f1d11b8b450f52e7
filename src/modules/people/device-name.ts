/** Browsers by what their user agent says, in the order in which they are asked: most claim to be others besides. */
const browsers: readonly [RegExp, string][] = [
  [/\bEdgA?\b|\bEdgiOS\b/, 'Edge'],
  [/\bOPR\b|\bOPT\b/, 'Opera'],
  [/\bSamsungBrowser\b/, 'Samsung Internet'],
  [/\bVivaldi\b/, 'Vivaldi'],
  [/\bFirefox\b|\bFxiOS\b/, 'Firefox'],
  [/\bChrome\b|\bChromium\b|\bCriOS\b/, 'Chrome'],
  [/\bSafari\b/, 'Safari']
]

const systems: readonly [RegExp, string][] = [
  [/\biPhone\b/, 'iPhone'],
  [/\biPad\b/, 'iPad'],
  [/\bAndroid\b/, 'Android'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\bWindows\b/, 'Windows'],
  [/\bMacintosh\b|\bMac OS X\b/, 'macOS'],
  [/\bLinux\b|\bX11\b/, 'Linux']
]

/** What somebody would call the device they sit at: 'Firefox, Linux'; '' when it cannot be told. No versions. */
export function deviceName(userAgent: string | null): string {
  const named = (list: readonly [RegExp, string][]) =>
    list.find(([sign]) => sign.test((userAgent ?? '').slice(0, 500)))?.[1]
  return [named(browsers), named(systems)].filter(Boolean).join(', ')
}
