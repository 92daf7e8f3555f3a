// SPDX-License-Identifier: GPL-3.0-or-later
//! What stands in a posting form, and the posting it makes.
#pragma once
#include "ledger/core/posting.h"

#include <QtCore/QList>

#include <array>
#include <optional>

namespace tallystick {

enum class PostingKind { TopUp, Reward, Spend, Adjustment };
inline constexpr std::array allPostingKinds{PostingKind::TopUp, PostingKind::Reward,
                                            PostingKind::Spend, PostingKind::Adjustment};

/// As typed; amounts in dollars.
struct Draft
{
    PostingKind kind = PostingKind::TopUp;
    QString amount;
    QString ceiling; ///< of a top-up; empty: none
    QString step;    ///< of a reward
    QString reason;
    bool mayOverdraw = false; ///< of an adjustment
};

enum class DraftField { Amount, Ceiling, Step, Reason };

/// A sentence to stand beside a field.
struct DraftProblem
{
    DraftField field = DraftField::Amount;
    bool isMissing = false; ///< not typed yet: said only when the form is sent
    QString sentence;
};

struct DraftReading
{
    std::optional<Posting> posting; ///< good for a preview, even while the reason is missing
    QList<DraftProblem> problems;
    [[nodiscard]] bool isReady() const { return posting && problems.isEmpty(); }
};

/// For whom, by whom and under which key.
struct DraftContext
{
    UserId user;
    TransactionKey key;
    QString operatorName;
};

[[nodiscard]] DraftReading read(const Draft& draft, const DraftContext& context);

} // namespace tallystick
