/** Where a bar is drawn: standard error, if somebody looks at it. */
type Screen = { isTTY?: boolean; columns?: number; write: (text: string) => unknown }

/** Shows how far something is. */
export type ProgressBar = {
  show: (done: number, all: number) => void
  /** Takes the bar away again. */
  end: () => void
}

const widest = 40

/** A bar on one line that is drawn over and over; nothing where nobody looks. */
export function progressBar(label: string, screen: Screen = process.stderr): ProgressBar {
  if (!screen.isTTY) return { show: () => {}, end: () => {} }
  const width = Math.max(10, Math.min(widest, (screen.columns ?? 80) - label.length - 24))
  return {
    show(done, all) {
      const share = all === 0 ? 1 : Math.min(1, done / all)
      const full = Math.round(width * share)
      const percent = `${Math.floor(share * 100)}`.padStart(3)
      screen.write(`\r${label} ${'█'.repeat(full)}${'░'.repeat(width - full)} ${percent} %  ${done}/${all}`)
    },
    end() {
      screen.write('\r\u001b[K')
    }
  }
}
