// The one start-up file. Every page works without it; it adds what browsers do not do by themselves.
import {
  Button,
  CharacterCount,
  Checkboxes,
  ErrorSummary,
  NotificationBanner,
  PasswordInput,
  Radios,
  ServiceNavigation,
  SkipLink,
  createAll
} from 'govuk-frontend'
import { DatePicker, SortableTable } from '@ministryofjustice/frontend'

const parts = [
  Button,
  CharacterCount,
  Checkboxes,
  ErrorSummary,
  NotificationBanner,
  PasswordInput,
  Radios,
  ServiceNavigation,
  SkipLink,
  DatePicker,
  SortableTable
]

function start (scope) {
  for (const part of parts) createAll(part, undefined, scope)
}

// The filter is drawn open so that it works without script. On a phone it folds away, unless it holds an answer.
function foldFilters (scope) {
  if (!window.matchMedia('(max-width: 40.0525em)').matches) return
  for (const filter of scope.querySelectorAll('details.app-filter:not([data-chosen])')) filter.open = false
}

start(document)
foldFilters(document)

// A swapped piece of a page starts only its own parts.
document.addEventListener('htmx:afterSwap', (event) => {
  start(event.detail.target)
  foldFilters(event.detail.target)
})
