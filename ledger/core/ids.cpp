// SPDX-License-Identifier: GPL-3.0-or-later
//! What text may be an id.
#include "ledger/core/ids.h"

#include <QtCore/QUuid>

namespace tallystick {

bool isIdText(const QString& text, qsizetype maxCharacters)
{
    if (text.isEmpty() || text.size() > maxCharacters || !text.isValidUtf16())
        return false;
    for (const QChar c : text)
        if (c.category() == QChar::Other_Control)
            return false;
    return true;
}

TransactionKey newTransactionKey()
{
    return *TransactionKey::from(QUuid::createUuid().toString(QUuid::WithoutBraces));
}

} // namespace tallystick
