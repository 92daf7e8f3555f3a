// SPDX-License-Identifier: GPL-3.0-or-later
//! Where and how a posting runs.
#pragma once
#include "ledger/core/ownstatements.h"

#include <QtCore/QString>

#include <array>
#include <optional>

namespace tallystick {

enum class Way {
    RowLock,   ///< the client drives the locked transaction; works on any ledger of this shape
    Function,  ///< the same rules in one server function; lab schema only
    Statements ///< no rules of this program: the user's own SQL; only a stress run's target
};

inline constexpr std::array allWays{Way::RowLock, Way::Function, Way::Statements};
/// Those that run the rules of this program: any posting can take them.
inline constexpr std::array ruleWays{Way::RowLock, Way::Function};

/// "row-lock", "function", "statements".
[[nodiscard]] QString nameOf(Way way);
[[nodiscard]] std::optional<Way> wayNamed(const QString& name);

/// A rule a deliberately broken posting breaks; only for negative controls in a lab.
enum class Fault {
    NoLock,             ///< reads the balance without a lock, then writes what it computed
    FreshKeyOnRetry,    ///< makes a new key for every try, so a repetition is posted again
    IgnoresCeiling,     ///< posts the whole amount whatever the ceiling
    CeilingLowers,      ///< sets the balance to the ceiling even when it was above it
    RecordsRequested,   ///< clamps the balance but records the amount asked for
    WrongSign,          ///< records the amount with the opposite sign
    ActivatesAgain,     ///< activates without looking again under the lock
    ReversesAgain,      ///< a new reversal for every try
    RefundsUnchecked,   ///< refunds more than the payment
    BalanceWithoutRow,  ///< moves the balance and writes no row
    RowWithoutBalance,  ///< writes a row and leaves the balance
    RepliesBeforeCommit ///< answers with a receipt, then rolls back
};

inline constexpr std::array allFaults{Fault::NoLock,
                                      Fault::FreshKeyOnRetry,
                                      Fault::IgnoresCeiling,
                                      Fault::CeilingLowers,
                                      Fault::RecordsRequested,
                                      Fault::WrongSign,
                                      Fault::ActivatesAgain,
                                      Fault::ReversesAgain,
                                      Fault::RefundsUnchecked,
                                      Fault::BalanceWithoutRow,
                                      Fault::RowWithoutBalance,
                                      Fault::RepliesBeforeCommit};

/// "no-lock", "fresh-key-on-retry", …
[[nodiscard]] QString nameOf(Fault fault);
[[nodiscard]] std::optional<Fault> faultNamed(const QString& name);

/// What postings run against: a way, or in its place a broken posting.
struct Target
{
    Way way = Way::Function;
    std::optional<Fault> fault;
    OwnStatements statements; ///< of the way of this name
};

} // namespace tallystick
