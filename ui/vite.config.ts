/// <reference types="vitest/config" />
import { relative } from 'node:path'

import { svelte } from '@sveltejs/vite-plugin-svelte'
import { svelteTesting } from '@testing-library/svelte/vite'
import { defineConfig } from 'vite'

/** Files of ours that may import one another, each group with its reason; any other circle stops the build. */
const CIRCLES = [
  // A form's fields can be groups and rows, and these hold fields again.
  ['src/records/FieldInput.svelte', 'src/records/GroupField.svelte', 'src/records/RowsField.svelte'],
  ['src/records/FieldValue.svelte'],
]

function isDefended(ids: string[] = []) {
  const circle = ids.map((id) => relative(import.meta.dirname, id))
  const theirs = circle.every((file) => file.startsWith('node_modules/'))
  return theirs || CIRCLES.some((known) => circle.every((file) => known.includes(file)))
}

export default defineConfig({
  base: './',
  plugins: [svelte(), svelteTesting()],
  build: {
    target: 'es2022',
    // The window's policy allows no data: scripts or styles; small files stay files.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      checks: { circularDependency: true },
      onLog(level, log, handler) {
        if (log.code !== 'CIRCULAR_DEPENDENCY') handler(level, log)
        else if (!isDefended(log.ids)) throw new Error(log.message)
      },
    },
  },
  server: { port: 5199, strictPort: false, fs: { allow: ['..'] } },
  test: {
    environment: 'jsdom',
    setupFiles: ['test/setup.ts'],
    include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
    css: false,
    testTimeout: 20_000,
  },
})
