// SPDX-License-Identifier: GPL-3.0-or-later
//! What a posting form calls itself, its preview, its button and its receipt.
#pragma once
#include "ui/posting/draft.h"

namespace tallystick::words {

[[nodiscard]] QString title(PostingKind kind);    ///< "Top up"
[[nodiscard]] QString iconName(PostingKind kind); ///< for icons::icon()
[[nodiscard]] QString amountLabel(PostingKind kind);
[[nodiscard]] QString hint(PostingKind kind); ///< one sentence of what it does

/// "Balance 7.00 → 10.00. Requested 8.00, applied 3.00 (ceiling 10.00)"
[[nodiscard]] QString preview(const Posting& posting, const Receipt& receipt);
/// "Add 3.00 to ann@example.com"
[[nodiscard]] QString action(const Receipt& receipt, const QString& customer);
/// "Added 3.00 to ann@example.com"
[[nodiscard]] QString done(const Receipt& receipt, const QString& customer);

} // namespace tallystick::words
