// SPDX-License-Identifier: GPL-3.0-or-later
//! Two runs side by side: what was different about them, and by how much their numbers differ.
#pragma once
#include "ledger/stress/report.h"

namespace tallystick {

/// One number of both runs.
struct ComparedNumber
{
    enum class Unit { PerSecond, Micros, Count };
    QString name; ///< "throughput.ok", "response.p99", "outcomes.failed"
    Unit unit = Unit::Count;
    double a = 0, b = 0;
    /// From a to b, in parts of a; nothing where a is 0.
    [[nodiscard]] std::optional<double> change() const;
};

/// Something the runs did not have in common, so that their numbers may differ for it.
struct Difference
{
    QString what; ///< "scenario", "way", "clients", "operations", "server", …
    QString a, b;
};

/// One run each proves no difference: repeated runs on the same machine vary by several percent.
struct Comparison
{
    QList<Difference> differences;
    QList<ComparedNumber> numbers; ///< a percentile that one run is too short for is left out
};
[[nodiscard]] Comparison comparisonOf(const Report& a, const Report& b);

[[nodiscard]] QJsonObject toJson(const Comparison& comparison);

} // namespace tallystick
