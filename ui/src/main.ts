import '@fontsource-variable/inter/standard.css'
import '@fontsource-variable/inter/standard-italic.css'
import './styles/main.scss'

import { mount } from 'svelte'

import App from './App.svelte'

const target = document.getElementById('app')
export const app = target && mount(App, { target })
