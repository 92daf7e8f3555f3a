// SPDX-License-Identifier: GPL-3.0-or-later
//! One operation in the user's own SQL, prepared in a session.
#pragma once
#include "ledger/core/ownstatements.h"
#include "ledger/core/result.h"
#include "ledger/postgres/session.h"

#include <QtCore/QByteArray>
#include <QtCore/QHash>

namespace tallystick::postgres {

/// Values of placeholders as text, nothing for NULL.
using OwnValues = QHash<QString, std::optional<QByteArray>>;

/// How an operation came out, where it did not fail.
struct OwnEnd
{
    enum class Kind {
        Done,
        NoRow,     ///< a step that returns columns returned no row, or one that changes rows none
        KeyStands, ///< 23505: a row with the same key is there already
    };
    Kind kind = Kind::Done;
    std::optional<Credits> balance; ///< column "balance" of the last row returned
};

/// Lives no longer than the session.
class OwnSteps final
{
public:
    /// Fails with WrongStatement, which names the step, where the server does not take one, where a
    /// placeholder stands for nothing or for a value its place cannot take, and where what is to be
    /// a balance is no number.
    [[nodiscard]] static Result<OwnSteps> prepare(Session& session, OperationKind kind,
                                                  const OwnOperation& operation);

    /// All steps, in one transaction where the operation says so; it is rolled back where they do
    /// not end in Done, and where \a keeps is false. Fails with WrongStatement also where a step
    /// returns more than one row or cannot work at all.
    [[nodiscard]] Result<OwnEnd> run(const OwnValues& given, bool keeps);

private:
    struct Step
    {
        QString path; ///< in the scenario file
        QByteArray name;
        QStringList placeholders;
        QStringList columns;
    };
    OwnSteps(Session& session, bool isTransaction);
    [[nodiscard]] Result<Step> prepared(const QString& text, OperationKind kind, qsizetype number);
    [[nodiscard]] Outcome checkTypes(const Step& step, const void* description);
    [[nodiscard]] Result<OwnEnd> runAll(OwnValues values);
    [[nodiscard]] Result<OwnEnd> runStep(const Step& step, OwnValues& values, OwnEnd& end);

    Session* m_session;
    bool m_isTransaction;
    std::vector<Step> m_steps;
    QHash<QString, uint> m_columnTypes; ///< by name, of the newest step with such a column
};

} // namespace tallystick::postgres
