// SPDX-License-Identifier: GPL-3.0-or-later
//! The window: environment bar above, rail on the left, customers or stress in the middle.
#pragma once
#include "ui/desks.h"
#include "ui/shared/question.h"

#include <QtWidgets/QWidget>

class QStackedWidget;
class QToolButton;

namespace tallystick {

class CustomersPage;
class EnvironmentBar;
class Rail;
class StressPanel;

class MainWindow final : public QWidget
{
    Q_OBJECT
public:
    enum class View { Customers, Stress };

    explicit MainWindow(const Services& services, QWidget* parent = nullptr);
    ~MainWindow() override;

    void showView(View view);
    /// Brings a customer's page to the front, e.g. from a link.
    void openCustomer(const UserId& id);
    [[nodiscard]] CustomersPage* customers() const { return m_customers; }
    [[nodiscard]] StressPanel* stress() const { return m_stress; }

signals:
    void serverKnown();

protected:
    void closeEvent(QCloseEvent* event) override;

private:
    void lay();
    void makeShortcuts();
    void askServer();
    void takeHealth(const std::optional<Failure>& loss);
    void reload();
    void switchTheme();
    void tintThemeButton(); ///< it shows where it leads to
    void nameWindow();

    Services m_services;
    Desks m_desks; ///< before the widgets that ask at them; see ~MainWindow()
    EnvironmentBar* m_bar;
    Rail* m_rail;
    QStackedWidget* m_views;
    CustomersPage* m_customers;
    StressPanel* m_stress;
    QToolButton* m_theme = nullptr;
    bool m_isLost = false; ///< no desk has reached the server since one lost it
    Question<ServerFacts> m_serverQuestion;
};

} // namespace tallystick
