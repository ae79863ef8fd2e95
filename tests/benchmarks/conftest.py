def pytest_addoption(parser):
    parser.addoption("--explain", action="store_true", help="print the database's plans")
