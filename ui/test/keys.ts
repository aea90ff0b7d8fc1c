// What opens the vault in memory, and what there is of it where it is damaged.
import type { RescuedVault } from '../src/api'

export class Keys {
  passphrase = 'correct horse battery'
  /** It cannot be opened for damage, and this is what is readable of it. */
  torn = false
  rescued: RescuedVault = { records: 12, attachments: 3, problems: [] }
  /** A page of it is found to be damaged when it is looked at. */
  damaged = false

  constructor(private fail: (code: string, message: string, hint: string) => never) {}

  /** Refuses another passphrase. */
  private asked(passphrase: string) {
    if (passphrase !== this.passphrase) this.fail('wrong-passphrase', 'That is not the passphrase.', 'Try again.')
  }

  /** Refuses that, and a vault that is damaged. */
  opens(passphrase: string) {
    this.asked(passphrase)
    if (this.torn) this.fail('torn', 'A part of the vault’s file is damaged.', 'Save what is readable.')
  }

  handlers = {
    change_passphrase: ({ passphrase, next }: { passphrase: string; next: string }) => {
      this.asked(passphrase)
      this.passphrase = next
      return null
    },
    new_recovery_key: ({ passphrase }: { passphrase: string }) => {
      this.asked(passphrase)
      return { recovery_key: 'N3WK-2M9D-XW4H-P8RT-5VNC-J3YB-ZE6L-AG1S' }
    },
    rescue: ({ passphrase }: { passphrase: string }) => {
      this.asked(passphrase)
      return this.rescued
    },
    check_pages: () => ({ done: true, damaged: this.damaged }),
  }
}
