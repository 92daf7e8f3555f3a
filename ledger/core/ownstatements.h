// SPDX-License-Identifier: GPL-3.0-or-later
//! Operations in the user's own SQL: what a run attacks in place of this program's rules.
#pragma once
#include "ledger/core/operationkind.h"

#include <QtCore/QMap>
#include <QtCore/QStringList>

namespace tallystick {

/// Steps run in order, each one statement with named placeholders.
struct OwnOperation
{
    bool transaction = true; ///< all in one; false: each step commits by itself
    QStringList steps;
    friend bool operator==(const OwnOperation&, const OwnOperation&) = default;
};
using OwnStatements = QMap<OperationKind, OwnOperation>;

/// What every step is given: the user's id; the amount as it moves the balance, negative for a
/// spend and a refund; the key of the row to be written; the label of its type; ceiling, metadata
/// and step of a reward, null where there are none; the key of the row that is refunded, reversed
/// or activated, else null. Beside them the columns of the first row of each earlier step.
[[nodiscard]] const QStringList& givenPlaceholders();

/// Where an operation, or its step with this number from 0, stands in a scenario file.
/// @{
[[nodiscard]] QString memberPath(OperationKind kind);
[[nodiscard]] QString memberPath(OperationKind kind, qsizetype step);
/// @}

} // namespace tallystick
