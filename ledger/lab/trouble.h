// SPDX-License-Identifier: GPL-3.0-or-later
//! Makes a failure of what a program or the system said.
#pragma once
#include "ledger/core/error.h"

namespace tallystick {

/// The kind that untranslated \a words speak of (full disk, missing rights, …), else \a otherwise.
/// \a step becomes the failure's statement.
[[nodiscard]] Failure troubleSaid(const QString& words, const QString& step,
                                  Failure::Kind otherwise);

} // namespace tallystick
