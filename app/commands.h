// SPDX-License-Identifier: GPL-3.0-or-later
//! The verbs, one function each.
#pragma once
#include "app/composition.h"
#include "app/options.h"
#include "app/output.h"

namespace tallystick {

/// Runs any verb but the window, pictures, help and version.
[[nodiscard]] ExitCode runVerb(const Options& options, const Whereabouts& where,
                               Interrupt& interrupt, Console& console);

/// \name The verbs
/// Those that take a Place get it prepared, but for these five: they prepare it themselves, after
/// they have looked at what they were given.
/// @{
[[nodiscard]] ExitCode runLabStart(const LabOptions& options, Place& place, Console& console);
[[nodiscard]] ExitCode runMark(const MarkOptions& options, Place& place, Console& console);
[[nodiscard]] ExitCode runStress(const StressRunOptions& options, Place& place, Console& console);
[[nodiscard]] ExitCode runStressSuite(const StressSuiteOptions& options, Place& place,
                                      Console& console);
[[nodiscard]] ExitCode runStressControls(const StressControlsOptions& options, Place& place,
                                         Console& console);
/// @}

/// \name The others
/// @{
/// Every verb of the lab's server but start.
[[nodiscard]] ExitCode runLab(const LabOptions& options, const Whereabouts& where,
                              Console& console);
[[nodiscard]] ExitCode runSeed(const SeedOptions& options, Place& place, Console& console);
[[nodiscard]] ExitCode runUsers(const UsersOptions& options, Place& place, Console& console);
[[nodiscard]] ExitCode runUserCreate(const UserCreateOptions& options, Place& place,
                                     Console& console);
[[nodiscard]] ExitCode runUserShow(const UserShowOptions& options, Place& place, Console& console);
[[nodiscard]] ExitCode runHistory(const HistoryOptions& options, Place& place, Console& console);
[[nodiscard]] ExitCode runBalance(const BalanceOptions& options, Place& place, Console& console);
[[nodiscard]] ExitCode runVerify(const VerifyOptions& options, Place& place, Console& console);
[[nodiscard]] ExitCode runPosting(const PostingOptions& options, Place& place, Console& console);
[[nodiscard]] ExitCode runStressList(const StressListOptions& options, Console& console);
[[nodiscard]] ExitCode runStressSchema(Console& console);
/// Needs no database.
[[nodiscard]] ExitCode runStressCompare(const StressCompareOptions& options, Console& console);
/// @}

/// Prepares \a place; nothing when that worked, else the exit code after having said why.
[[nodiscard]] std::optional<ExitCode> prepared(Place& place, bool json, Console& console);

} // namespace tallystick
