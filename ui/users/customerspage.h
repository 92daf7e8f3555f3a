// SPDX-License-Identifier: GPL-3.0-or-later
//! The customers' list beside the pages of those that were opened.
#pragma once
#include "ui/desks.h"

#include <QtWidgets/QSplitter>

class QStackedWidget;
class QTabWidget;

namespace tallystick {

class CustomerPage;
class CustomersPanel;

class CustomersPage final : public QSplitter
{
    Q_OBJECT
public:
    /// \a desks outlive the page.
    CustomersPage(Desks& desks, const QString& operatorName, QWidget* parent = nullptr);
    /// Brings the customer's page to the front; of \a user only the id has to be known.
    void open(const User& user);
    void reload(); ///< the list and the page in front
    void verify(); ///< the page in front
    void closeCurrent();
    [[nodiscard]] CustomersPanel* list() const { return m_list; }
    [[nodiscard]] CustomerPage* current() const; ///< null: none is open
    /// Brings a page to the front that has sent something whose end is not known; false: none has.
    bool showBusy();

signals:
    void currentChanged();

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void close(int index);
    void makeRoom();
    [[nodiscard]] CustomerPage* pageAt(int index) const;

    Desks& m_desks;
    QString m_operatorName;
    CustomersPanel* m_list;
    QTabWidget* m_tabs;
    QStackedWidget* m_centre;
    bool m_isMoved = false; ///< the width of the list was chosen by hand
};

} // namespace tallystick
