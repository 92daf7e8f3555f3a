// SPDX-License-Identifier: GPL-3.0-or-later
//! One stress run from the command line: chosen, run with a line of progress, told as text.
#pragma once
#include "app/composition.h"
#include "app/options.h"
#include "app/output.h"
#include "ledger/stress/report.h"

namespace tallystick {

/// A scenario could not be had: what is wrong, and whose fault it is.
struct NoScenario
{
    QString sentence;
    ExitCode exitCode = ExitCode::WrongUsage;
};
/// The built-in scenario or file, with what the options change in it.
[[nodiscard]] std::variant<Scenario, NoScenario> chosenScenario(const StressRunOptions& options);

struct AttackOptions
{
    bool keepUsers = false;
    bool isQuiet = false;
};
/// Blocks until the verdict.
[[nodiscard]] Result<Report> attack(const Place& place, const Scenario& scenario,
                                    const AttackOptions& options, Console& console,
                                    const std::stop_token& stop);

[[nodiscard]] ExitCode exitCodeOf(Verdict verdict);
/// "PASS  concurrent-spends (function): 10 ok … in 0.1 s".
[[nodiscard]] QString lineOf(const Report& report);
/// Everything a person wants to read of a run on a terminal.
[[nodiscard]] QString textOf(const Report& report);

} // namespace tallystick
