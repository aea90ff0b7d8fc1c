import js from '@eslint/js'
import svelte from 'eslint-plugin-svelte'
import globals from 'globals'
import ts from 'typescript-eslint'

import svelteConfig from './svelte.config.js'

export default ts.config(
  { ignores: ['dist/', 'coverage/', 'src/bindings/'] },
  js.configs.recommended,
  ...ts.configs.recommended,
  ...svelte.configs.recommended,
  { languageOptions: { globals: { ...globals.browser, ...globals.node } } },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: ts.parser, svelteConfig, extraFileExtensions: ['.svelte'] } },
  },
  {
    rules: {
      // TypeScript knows what is defined.
      'no-undef': 'off',
      'no-restricted-imports': 'off',
    },
  },
  {
    // One file talks to the shell.
    files: ['src/**/*.ts', 'src/**/*.svelte'],
    ignores: ['src/api.ts', 'src/bindings/**', 'src/**/*.test.ts'],
    rules: {
      'no-restricted-imports': ['error', { patterns: ['@tauri-apps/*', '**/bindings', '**/bindings/*'] }],
    },
  },
)
