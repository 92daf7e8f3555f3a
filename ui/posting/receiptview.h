// SPDX-License-Identifier: GPL-3.0-or-later
//! The proof of a posting, as it is shown to who made it.
#pragma once
#include "ledger/core/posting.h"

#include <QtCore/QElapsedTimer>
#include <QtWidgets/QWidget>

class QPushButton;

namespace tallystick {

class ReceiptView final : public QWidget
{
    Q_OBJECT
public:
    ReceiptView(const Receipt& receipt, const QString& customer, QWidget* parent = nullptr);
    void focusFirst();

signals:
    void closeRequested();
    void anotherRequested();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    QPushButton* m_done;
    QElapsedTimer m_shown;
};

} // namespace tallystick
