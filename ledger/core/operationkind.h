// SPDX-License-Identifier: GPL-3.0-or-later
//! The kinds of operation a run sends.
#pragma once
#include <QtCore/QString>

#include <array>
#include <optional>

namespace tallystick {

enum class OperationKind : quint8 { Spend, TopUp, Grant, Reward, Refund, Reverse, Activate, Read };
inline constexpr std::array allOperationKinds{
    OperationKind::Spend,  OperationKind::TopUp,   OperationKind::Grant,    OperationKind::Reward,
    OperationKind::Refund, OperationKind::Reverse, OperationKind::Activate, OperationKind::Read};
/// "spend", "topUp", …: the word of scenario files and reports.
[[nodiscard]] QString nameOf(OperationKind kind);
[[nodiscard]] std::optional<OperationKind> operationNamed(const QString& name);

} // namespace tallystick
